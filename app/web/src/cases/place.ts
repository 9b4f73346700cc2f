import type { Bbox } from '../api';
import type { CaseFile } from './api';

/** The geometries among the answers of a case, and where it was visited. */
export function placesOf(file: CaseFile): GeoJSON.Geometry[] {
  const visits = file.visits.flatMap((one): GeoJSON.Geometry[] => (one.longitude === null || one.latitude === null ? [] : [{ type: 'Point', coordinates: [one.longitude, one.latitude] }]));
  const answers = Object.values(file.inputs).filter((one): one is GeoJSON.Geometry => typeof one === 'object' && one !== null && 'type' in one);
  return [...answers, ...visits];
}

/** About 150 m at the middle latitudes: what is seen around a single point. */
const AROUND = 0.0014;

/** What a map has to show so that all of them are seen; null where there is none. */
export function boxOf(places: readonly GeoJSON.Geometry[]): Bbox | null {
  let box: Bbox | null = null;
  const add = (x: number, y: number) => {
    box = box ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)] : [x, y, x, y];
  };
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    if (typeof part[0] === 'number' && typeof part[1] === 'number') add(part[0], part[1]);
    else part.forEach(walk);
  };
  for (const one of places) if ('coordinates' in one) walk(one.coordinates);
  if (box === null) return null;
  const [west, south, east, north] = box as Bbox;
  return [west - AROUND, south - AROUND, east + AROUND, north + AROUND];
}
