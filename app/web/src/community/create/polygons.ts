import * as clipping from 'polygon-clipping';
import type { MultiPolygon, Polygon } from 'polygon-clipping';
import type { Bbox } from '../../api';

export type { MultiPolygon };
export type Position = [lon: number, lat: number];

// the package's types name its functions, its module file has them on a default export
const clip = (clipping as unknown as { default?: typeof clipping }).default ?? clipping;

/** Positions stand on a grid of 1e-7 degrees, about a centimeter, as those of the server do. */
export const SCALE = 1e7;
export const precise = (degrees: number): number => Math.round(degrees * SCALE) / SCALE;

const RADIANS = Math.PI / 180;
/** Of a sphere with the surface of the Earth. */
const RADIUS_METERS = 6_371_007.2;

/** The surface of an area in square meters, by Chamberlain and Duquette's formula, as the server reckons it. */
export function squareMeters(area: MultiPolygon): number {
  let sum = 0;
  for (const polygon of area) polygon.forEach((ring, i) => (sum += (i === 0 ? 1 : -1) * ringMeters(ring)));
  return sum;
}
function ringMeters(ring: readonly (readonly number[])[]): number {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [x, y] = ring[i]!;
    const [x1, y1] = ring[i + 1]!;
    sum += (x1! - x!) * RADIANS * (2 + Math.sin(y! * RADIANS) + Math.sin(y1! * RADIANS));
  }
  return (Math.abs(sum) * RADIUS_METERS * RADIUS_METERS) / 2;
}

/** The box around an area; null where it is empty. */
export function boxOf(area: MultiPolygon): Bbox | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const polygon of area) {
    for (const [x, y] of polygon[0] ?? []) {
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    }
  }
  return west <= east ? [west, south, east, north] : null;
}

/** Everything of these areas as one, without common ground; throws a plain Error where they are too broken to tell. */
export function joined(areas: readonly MultiPolygon[]): MultiPolygon {
  const [first, ...others] = areas.filter((one) => one.length > 0);
  return first ? rounded(clip.union(first, ...others)) : [];
}

/** The ground that two areas share. */
export const shared = (a: MultiPolygon, b: MultiPolygon): MultiPolygon => (a.length && b.length ? rounded(clip.intersection(a, b)) : []);

/** The same with every position on the grid; what has no surface there is gone. */
export function rounded(area: MultiPolygon): MultiPolygon {
  const kept: MultiPolygon = [];
  for (const polygon of area) {
    const rings = polygon.map((ring) => ring.map(([x, y]): Position => [precise(x), precise(y)]).filter((at, i, all) => i === 0 || at[0] !== all[i - 1]![0] || at[1] !== all[i - 1]![1]));
    const solid = (ring: Position[]) => ring.length >= 4 && ringMeters(ring) > 0;
    if (rings[0] && solid(rings[0])) kept.push([rings[0], ...rings.slice(1).filter(solid)] as Polygon);
  }
  return kept;
}

/** The centroid of an area, on the plane of its degrees, as the server's geometries have it. */
export function centroidOf(area: MultiPolygon): Position {
  const [ox, oy] = area[0]![0]![0]!;
  let [sum, sx, sy] = [0, 0, 0];
  for (const polygon of area) {
    polygon.forEach((ring, i) => {
      let [twice, cx, cy] = [0, 0, 0];
      for (let k = 0; k + 1 < ring.length; k++) {
        const [x, y] = [ring[k]![0] - ox, ring[k]![1] - oy];
        const [x1, y1] = [ring[k + 1]![0] - ox, ring[k + 1]![1] - oy];
        const cross = x * y1 - x1 * y;
        twice += cross;
        cx += (x + x1) * cross;
        cy += (y + y1) * cross;
      }
      const sign = (i === 0 ? 1 : -1) * Math.sign(twice);
      sum += sign * twice;
      sx += sign * cx;
      sy += sign * cy;
    });
  }
  return [precise(ox + sx / (3 * sum)), precise(oy + sy / (3 * sum))];
}

/** A rectangle. */
export const rectangle = ([west, south, east, north]: Bbox): MultiPolygon => [[[[west, south], [east, south], [east, north], [west, north], [west, south]]]];

/** True where a place lies in an area. */
export const holds = (area: MultiPolygon, [x, y]: Position): boolean => area.some((polygon) => polygon.reduce((odd, ring) => odd !== crossesOften(ring as Position[], x, y), false));

function crossesOften(ring: readonly Position[], x: number, y: number): boolean {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!;
    const [xj, yj] = ring[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}
