import type { Bbox } from '../api';
import type { Sheet } from '../map/style';

/** A map on paper as someone asks for it. */
export interface Order {
  layers: string[];
  center: [lon: number, lat: number];
  scale: number;
  title: string;
  paper: 'A4' | 'A3';
  orientation: 'landscape' | 'portrait';
  lang: string;
  /** The day as of which it is drawn; null: as it is now. */
  asOf: string | null;
}
/** What would be printed, as the server says it. */
export interface Frame {
  frame: GeoJSON.Polygon;
  scale: number;
  pages: number;
}

export const LONGEST_TITLE = 120;
export const MOST_LAYERS = 20;
/** Scales that people know from maps. */
export const SCALES = [500, 1_000, 2_000, 2_500, 5_000, 7_500, 10_000, 15_000, 20_000, 25_000, 50_000, 75_000, 100_000, 150_000, 250_000, 500_000, 1_000_000];

/**
 * The greatest known scale with which the frame stays inside what the screen shows, from the frame that holds all of the screen.
 */
export function fitting({ frame, scale }: Frame, [west, south, east, north]: Bbox): number {
  const span = (axis: 0 | 1): number => {
    const all = frame.coordinates[0]!.map((one) => one[axis]!);
    return Math.max(...all) - Math.min(...all);
  };
  const room = Math.min((east - west) / span(0), (north - south) / span(1));
  return SCALES.filter((one) => one <= scale * room * 0.92).at(-1) ?? SCALES[0]!;
}

/** Where a sheet is asked for. */
export function address(order: Order, form: 'pdf' | 'png' | 'json', dpi: number): string {
  const { layers, center, title, asOf, ...rest } = order;
  return `/api/print?${new URLSearchParams({
    ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
    layers: layers.join(','),
    center: center.map((one) => one.toFixed(6)).join(','),
    ...(title.trim() ? { title: title.trim() } : {}),
    ...(asOf ? { asOf } : {}),
    dpi: String(dpi),
    f: form,
  })}`;
}

/** The frame of what a screen shows, to learn at which scale that would be printed. */
export const addressOfScreen = (order: Order, bounds: Bbox): string => {
  const query = new URLSearchParams(address(order, 'json', 72).split('?')[1]);
  query.delete('center');
  query.delete('scale');
  query.set('bbox', bounds.map((one) => one.toFixed(6)).join(','));
  return `/api/print?${query}`;
};

/** The same frame around another place, until the server has said what it really is. */
export function movedTo(frame: GeoJSON.Polygon, [lon, lat]: [number, number]): GeoJSON.Polygon {
  const ring = frame.coordinates[0]!;
  const middle = (axis: 0 | 1): number => (Math.min(...ring.map((one) => one[axis]!)) + Math.max(...ring.map((one) => one[axis]!))) / 2;
  const [x, y] = [lon - middle(0), lat - middle(1)];
  return { ...frame, coordinates: [ring.map((one) => [one[0]! + x, one[1]! + y])] };
}

const WORLD: GeoJSON.Position[] = [[-180, -85], [180, -85], [180, 85], [-180, 85], [-180, -85]];

/** What the map shows of it: all but the frame is dimmed. */
export function sheetOf(frame: GeoJSON.Polygon, accent: string, dim: string): Sheet {
  const around: GeoJSON.Polygon = { type: 'Polygon', coordinates: [WORLD, frame.coordinates[0]!] };
  const data = (geometry: GeoJSON.Geometry) => ({ type: 'geojson' as const, data: { type: 'Feature' as const, properties: {}, geometry } });
  return {
    sources: { 'print~around': data(around), 'print~frame': data(frame) },
    layers: [
      { id: 'print~around', type: 'fill', source: 'print~around', paint: { 'fill-color': dim, 'fill-opacity': 0.5, 'fill-antialias': false } },
      { id: 'print~frame', type: 'line', source: 'print~frame', paint: { 'line-color': accent, 'line-width': 3 } },
    ],
  };
}
