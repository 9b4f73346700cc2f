import type { Bbox } from '../../api';
import { boxOf, centroidOf, joined, precise, rectangle, rounded, SCALE, shared, squareMeters, type MultiPolygon } from './polygons';

/** A tile of the web's grid as TMS numbers it: y grows to the north. */
export interface Tile {
  x: number;
  y: number;
  zoom: number;
}
/** The ground of one task to be; `square` where it is the whole of its tile. */
export interface Shape {
  tile: Tile | null;
  square: boolean;
  ground: MultiPolygon;
  properties: Record<string, string | number>;
}

export const MIN_ZOOM = 8;
export const MAX_ZOOM = 20;
export const MAX_TASKS = 10_000;
/** No project is larger: 5,000 square kilometers. */
export const MAX_SQUARE_METERS = 5e9;

/** Thrown where an area would make more tasks than a project may have. */
export class TooMany extends Error {}

const HALF_METERS = (156543.0339 * 256) / 2;
const DEGREES = 57.29577951308232;
const side = (zoom: number): number => (HALF_METERS * 2) / 2 ** zoom;
const longitude = (x: number, zoom: number): number => precise((x * 360) / 2 ** zoom - 180);
const latitude = (y: number, zoom: number): number => precise(Math.atan(Math.sinh(Math.PI * ((2 * y) / 2 ** zoom - 1))) * DEGREES);
const metersEast = (lon: number): number => (lon / 180) * HALF_METERS;
const metersNorth = (lat: number): number => (Math.log(Math.tan(Math.PI / 4 + ((lat / 180) * Math.PI) / 2)) / Math.PI) * HALF_METERS;

const boxOfTiles = (x: number, y: number, x1: number, y1: number, zoom: number): Bbox => [longitude(x, zoom), latitude(y, zoom), longitude(x1, zoom), latitude(y1, zoom)];
export const square = (tile: Tile, properties: Shape['properties'] = {}): Shape => ({ tile, square: true, ground: rectangle(boxOfTiles(tile.x, tile.y, tile.x + 1, tile.y + 1, tile.zoom)), properties });

/** The zoom at which an area makes some thirty tasks or a few more. */
export function suggestedZoom(area: MultiPolygon): number {
  const box = boxOf(area);
  if (!box) return MIN_ZOOM;
  const shrink = Math.cos(((box[1] + box[3]) / 2 / 180) * Math.PI);
  const meters = squareMeters(area);
  let zoom = MIN_ZOOM;
  while (zoom < MAX_ZOOM && meters / (side(zoom) * shrink) ** 2 < 30) zoom++;
  return zoom;
}

/**
 * The tiles that share ground with an area, as the server makes them: from the south-west, column by column.
 *
 * @param area one area without overlaps, on the grid of positions
 * @param clipped true to keep of each tile what lies in the area alone
 * @throws TooMany
 */
export function gridOf(area: MultiPolygon, zoom: number, clipped: boolean): Shape[] {
  const box = boxOf(area);
  if (!box) return [];
  const tiles = side(zoom);
  const first = (meters: number) => Math.floor((meters + HALF_METERS) / tiles);
  const last = (meters: number) => Math.ceil((meters + HALF_METERS) / tiles);
  const west = first(Math.ceil(metersEast(box[0])));
  const east = last(Math.floor(metersEast(box[2])));
  const south = first(Math.ceil(metersNorth(box[1])));
  const north = last(Math.floor(metersNorth(box[3])));
  if ((east - west) * (north - south) > 40 * MAX_TASKS) throw new TooMany();
  const shapes: Shape[] = [];
  cut(area.map(flat), west, south, Math.max(east, west + 1), Math.max(north, south + 1), zoom, clipped, shapes);
  return shapes.sort((a, b) => a.tile!.x - b.tile!.x || a.tile!.y - b.tile!.y);
}

/** A polygon's rings as x, y, x, y … in steps of 1e-7 degrees, without the closing position. */
type Rings = Float64Array[];
const flat = (polygon: MultiPolygon[number]): Rings => polygon.map((ring) => Float64Array.from(ring.slice(0, -1).flatMap(([x, y]) => [Math.round(x * SCALE), Math.round(y * SCALE)])));

/** Halves the range of tiles until each is one, or lies whole in the area; so a tile sees only the borders that pass through it. */
function cut(area: Rings[], x: number, y: number, x1: number, y1: number, zoom: number, clipped: boolean, into: Shape[]): void {
  const box = boxOfTiles(x, y, x1, y1, zoom).map((degrees) => Math.round(degrees * SCALE)) as unknown as Bbox;
  const inside = area.map((polygon) => polygon.map((ring) => within(ring, box)).filter((ring) => ring.length >= 6)).filter((polygon) => polygon.length > 0);
  if (!hasSurface(inside, box)) return;
  if (isWhole(inside, box)) {
    if (into.length + (x1 - x) * (y1 - y) > MAX_TASKS) throw new TooMany();
    for (let i = x; i < x1; i++) for (let k = y; k < y1; k++) into.push(square({ x: i, y: k, zoom }));
    return;
  }
  if (x1 - x === 1 && y1 - y === 1) {
    const tile = { x, y, zoom };
    const ground = clipped ? tidy(inside) : [];
    if (!clipped) into.push(square(tile));
    else if (ground.length) into.push({ tile, square: false, ground, properties: {} });
    if (into.length > MAX_TASKS) throw new TooMany();
    return;
  }
  if (x1 - x >= y1 - y) {
    const middle = (x + x1) >> 1;
    cut(inside, x, y, middle, y1, zoom, clipped, into);
    cut(inside, middle, y, x1, y1, zoom, clipped, into);
  } else {
    const middle = (y + y1) >> 1;
    cut(inside, x, y, x1, middle, zoom, clipped, into);
    cut(inside, x, middle, x1, y1, zoom, clipped, into);
  }
}

/** What of a ring lies in a box (Sutherland and Hodgman). Bridges along the box's edges remain; they have no surface. */
function within(ring: Float64Array, [west, south, east, north]: Bbox): Float64Array {
  let left = ring;
  left = kept(left, 0, west, 1);
  left = kept(left, 0, east, -1);
  left = kept(left, 1, south, 1);
  return kept(left, 1, north, -1);
}
function kept(ring: Float64Array, axis: 0 | 1, edge: number, side: 1 | -1): Float64Array {
  let out = false;
  for (let i = axis; i < ring.length && !out; i += 2) out = (ring[i]! - edge) * side < 0;
  if (!out) return ring;
  const result: number[] = [];
  for (let i = 0; i < ring.length; i += 2) {
    const j = i === 0 ? ring.length - 2 : i - 2;
    const here = (ring[i + axis]! - edge) * side;
    const before = (ring[j + axis]! - edge) * side;
    if ((here > 0 && before < 0) || (here < 0 && before > 0)) {
      const part = before / (before - here);
      const other = ring[j + 1 - axis]! + (ring[i + 1 - axis]! - ring[j + 1 - axis]!) * part;
      axis === 0 ? result.push(edge, other) : result.push(other, edge);
    }
    if (here >= 0) result.push(ring[i]!, ring[i + 1]!);
  }
  return Float64Array.from(result);
}

/** Twice the signed surface of a ring, its positions on the grid, reckoned from a corner so that nothing is lost. */
function twice(ring: Float64Array, ox: number, oy: number): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    sum += (Math.round(ring[i]!) - ox) * (Math.round(ring[j + 1]!) - oy) - (Math.round(ring[j]!) - ox) * (Math.round(ring[i + 1]!) - oy);
  }
  return sum;
}
const surface = (polygon: Rings, [west, south]: Bbox): number => polygon.reduce((sum, ring, i) => sum + (i === 0 ? 1 : -1) * Math.abs(twice(ring, west, south)), 0);
const hasSurface = (area: Rings[], box: Bbox): boolean => area.some((polygon) => surface(polygon, box) > 0);
function isWhole(area: Rings[], box: Bbox): boolean {
  const [west, south, east, north] = box;
  const borders = (ring: Float64Array) => {
    for (let i = 0; i < ring.length; i += 2) if (ring[i] !== west && ring[i] !== east && ring[i + 1] !== south && ring[i + 1] !== north) return false;
    return true;
  };
  return area.length === 1 && area[0]!.length === 1 && borders(area[0]![0]!) && surface(area[0]!, box) === 2 * (east - west) * (north - south);
}

/** The same ground as proper polygons. */
function tidy(area: Rings[]): MultiPolygon {
  const rings = area.map((polygon) =>
    polygon.map((ring) => {
      const positions: [number, number][] = [];
      for (let i = 0; i < ring.length; i += 2) positions.push([Math.round(ring[i]!) / SCALE, Math.round(ring[i + 1]!) / SCALE]);
      return [...positions, positions[0]!];
    }),
  );
  return joined([rings]);
}

// ---- by hand

const SMALLEST_SQUARE_METERS = 100;
/** True where a task can be cut further: its pieces would be something. */
export const canSplit = (shape: Shape): boolean => squareMeters(shape.ground) >= SMALLEST_SQUARE_METERS;

/** A task in up to four: a whole tile into those of the next zoom, anything else at its centroid. Together they are the same ground. */
export function split(shape: Shape): Shape[] {
  const { tile, properties } = shape;
  if (tile && shape.square) return [0, 1].flatMap((east) => [0, 1].map((north) => square({ x: 2 * tile.x + east, y: 2 * tile.y + north, zoom: tile.zoom + 1 }, properties)));
  const [west, south, east, north] = boxOf(shape.ground)!;
  const [mx, my] = centroidOf(shape.ground);
  const quarters: Bbox[] = [[west, south, mx, my], [west, my, mx, north], [mx, south, east, my], [mx, my, east, north]];
  return quarters
    .map((quarter) => shared(shape.ground, rectangle(quarter)))
    .filter((ground) => ground.length > 0)
    .map((ground) => ({ tile: null, square: false, ground, properties }));
}

/** Tasks side by side as one; null where they do not hang together. */
export function merge(shapes: readonly Shape[]): Shape | null {
  const ground = joined(shapes.map((one) => one.ground));
  return ground.length === 1 ? { tile: null, square: false, ground, properties: Object.assign({}, ...shapes.map((one) => one.properties).reverse()) as Shape['properties'] } : null;
}

/** Tasks as the server takes them. */
export const collectionOf = (shapes: readonly Shape[]): GeoJSON.FeatureCollection<GeoJSON.MultiPolygon> => ({
  type: 'FeatureCollection',
  features: shapes.map(({ tile, square: isSquare, ground, properties }) => ({ type: 'Feature', geometry: { type: 'MultiPolygon', coordinates: ground }, properties: { ...properties, ...(tile ?? {}), isSquare } })),
});

/** The shapes of an area's features, one a task. */
export const shapesOf = (parts: readonly { ground: MultiPolygon; properties: Shape['properties'] }[]): Shape[] => parts.map(({ ground, properties }) => ({ tile: null, square: false, ground: rounded(ground), properties }));
