import { boxOf, joined, precise, squareMeters, type MultiPolygon, type Position } from './polygons';

/** One polygon, or several, that came or was drawn as one; a project can make a task of each. */
export interface Part {
  ground: MultiPolygon;
  properties: Record<string, string | number>;
}
/** What keeps an area from being used, and where; the words are `fault_` and its kind. */
export interface Fault {
  kind: 'open' | 'few' | 'outside' | 'crossing' | 'hole' | 'spike' | 'no_area' | 'not_geojson' | 'too_detailed' | 'swapped';
  at: Position | null;
  /** In which part, from 1; 0 for the whole. */
  part: number;
}
/** What was read: its parts, and everything that is wrong with them. Lines and points beside polygons are left out and counted. */
export interface Reading {
  parts: Part[];
  faults: Fault[];
  skipped: number;
}

export const MAX_POSITIONS = 200_000;
const SHOWN_FAULTS = 100;

/** Reads GeoJSON (RFC 7946): a feature collection, a feature or a geometry. Nothing is mended silently: what the server would refuse is a fault with its place. */
export function readArea(text: string): Reading {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (malformed) {
    if (!(malformed instanceof SyntaxError)) throw malformed;
    return { parts: [], faults: [{ kind: 'not_geojson', at: null, part: 0 }], skipped: 0 };
  }
  const found = polygonsOf(json);
  if (!found) return { parts: [], faults: [{ kind: 'not_geojson', at: null, part: 0 }], skipped: 0 };
  return checked(found.parts, found.skipped);
}

/** The same for parts that were drawn. */
export function checked(parts: Part[], skipped = 0): Reading {
  const faults: Fault[] = [];
  if (parts.length === 0) faults.push({ kind: 'no_area', at: null, part: 0 });
  const positions = parts.reduce((sum, part) => sum + part.ground.reduce((all, polygon) => all + polygon.reduce((rings, ring) => rings + ring.length, 0), 0), 0);
  if (positions > MAX_POSITIONS) faults.push({ kind: 'too_detailed', at: null, part: 0 });
  else parts.forEach((part, i) => faults.push(...faultsOf(part.ground, i + 1)));
  return { parts, faults: faults.slice(0, SHOWN_FAULTS), skipped };
}

function polygonsOf(json: unknown): { parts: Part[]; skipped: number } | null {
  if (!isObject(json)) return null;
  const list: unknown[] = json['type'] === 'FeatureCollection' && Array.isArray(json['features']) ? json['features'] : json['type'] === 'Feature' ? [json] : [{ type: 'Feature', geometry: json, properties: {} }];
  const parts: Part[] = [];
  let skipped = 0;
  for (const feature of list) {
    const geometry = isObject(feature) ? feature['geometry'] : null;
    const ground = isObject(geometry) ? groundOf(geometry) : null;
    if (ground) parts.push({ ground, properties: plain(isObject(feature) ? feature['properties'] : null) });
    else if (json['type'] === 'FeatureCollection') skipped++;
    else return null;
  }
  return { parts, skipped };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
function groundOf(geometry: Record<string, unknown>): MultiPolygon | null {
  const { type, coordinates } = geometry;
  const polygons = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : null;
  if (!Array.isArray(polygons)) return null;
  const ground: Position[][][] = [];
  for (const rings of polygons as unknown[]) {
    if (!Array.isArray(rings) || rings.length === 0) return null;
    const polygon: Position[][] = [];
    for (const ring of rings as unknown[]) {
      if (!Array.isArray(ring) || !ring.every((at): at is [number, number] => Array.isArray(at) && typeof at[0] === 'number' && typeof at[1] === 'number')) return null;
      polygon.push(ring.map(([x, y]) => [precise(x), precise(y)]));
    }
    ground.push(polygon);
  }
  return ground;
}
function plain(given: unknown): Part['properties'] {
  return isObject(given) ? Object.fromEntries(Object.entries(given).filter((one): one is [string, string | number] => typeof one[1] === 'string' || typeof one[1] === 'number')) : {};
}

// ---- what is wrong

function faultsOf(ground: MultiPolygon, part: number): Fault[] {
  const faults: Fault[] = [];
  const solid: Position[][] = [];
  for (const polygon of ground) {
    for (const ring of polygon as Position[][]) {
      const [first] = ring;
      const outside = ring.find(([x, y]) => Math.abs(x) > 180 || Math.abs(y) > 85.06);
      if (outside) faults.push({ kind: Math.abs(outside[1]) <= 180 && Math.abs(outside[0]) <= 85.06 ? 'swapped' : 'outside', at: null, part });
      else if (ring.length < 4) faults.push({ kind: 'few', at: first ?? null, part });
      else if (!same(first!, ring.at(-1)!)) faults.push({ kind: 'open', at: first!, part });
      else solid.push(ring);
    }
  }
  if (faults.length) return faults;
  for (const at of crossings(solid)) faults.push({ kind: 'crossing', at, part });
  for (const ring of solid) for (const at of spikes(ring)) faults.push({ kind: 'spike', at, part });
  for (const [shell, ...holes] of ground as Position[][][]) for (const hole of holes) if (!hole.some((at) => isInside(shell!, at))) faults.push({ kind: 'hole', at: hole[0]!, part });
  return faults;
}

const same = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1];

/** Where a border runs back over itself. */
function* spikes(ring: readonly Position[]): Generator<Position> {
  const steps = ring.slice(0, -1).filter((at, i, all) => !same(at, all[(i + 1) % all.length]!));
  for (let i = 0; i < steps.length; i++) {
    const [before, here, after] = [steps.at(i - 1)!, steps[i]!, steps[(i + 1) % steps.length]!];
    const turn = side(before, here, after);
    if (turn === 0 && (after[0] - here[0]) * (before[0] - here[0]) + (after[1] - here[1]) * (before[1] - here[1]) > 0) yield here;
  }
}

const MOST_LOOKS = 100_000_000;
type Border = readonly [a: Position, b: Position, ring: number, step: number, steps: number];
/** Where borders cross or run over each other, from the west to the east: a sweep, so that ten thousand positions take a moment. */
function crossings(rings: readonly (readonly Position[])[]): Position[] {
  const borders: Border[] = [];
  rings.forEach((ring, number) => {
    const steps = ring.filter((at, i) => i === 0 || !same(at, ring[i - 1]!));
    for (let i = 0; i + 1 < steps.length; i++) borders.push([steps[i]!, steps[i + 1]!, number, i, steps.length - 1]);
  });
  borders.sort((one, other) => Math.min(one[0][0], one[1][0]) - Math.min(other[0][0], other[1][0]));
  const found: Position[] = [];
  const open: Border[] = [];
  let looks = 0;
  for (const border of borders) {
    const [a, b] = border;
    const west = Math.min(a[0], b[0]);
    const [low, high] = a[1] < b[1] ? [a[1], b[1]] : [b[1], a[1]];
    let left = 0;
    looks += open.length;
    // a shape on which this would take a minute is judged by the server alone
    if (looks > MOST_LOOKS) break;
    for (const other of open) {
      if (Math.max(other[0][0], other[1][0]) < west) continue;
      open[left++] = other;
      if (Math.max(other[0][1], other[1][1]) < low || Math.min(other[0][1], other[1][1]) > high || areNeighbours(border, other)) continue;
      const at = crossing(a, b, other[0], other[1]);
      if (at && found.length < SHOWN_FAULTS) found.push(at);
    }
    open.length = left;
    open.push(border);
  }
  return found;
}
const areNeighbours = (one: Border, other: Border): boolean => one[2] === other[2] && (Math.abs(one[3] - other[3]) === 1 || Math.abs(one[3] - other[3]) === one[4] - 1);

/** Twice the surface of a triangle, positive where it turns left; on the grid of positions, so that nothing is lost. */
const side = (a: Position, b: Position, c: Position): number => {
  const [bx, by, cx, cy] = [b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1]].map((degrees) => Math.round(degrees * 1e7)) as [number, number, number, number];
  return bx * cy - by * cx;
};

/** Where two borders cross, or run over each other; null where they only touch at a corner, which is no fault. */
function crossing(a: Position, b: Position, c: Position, d: Position): Position | null {
  const [ca, cb, da, db] = [side(c, d, a), side(c, d, b), side(a, b, c), side(a, b, d)];
  if (ca === 0 && cb === 0) {
    const axis = a[0] === b[0] ? 1 : 0;
    const low = Math.max(Math.min(a[axis], b[axis]), Math.min(c[axis], d[axis]));
    const high = Math.min(Math.max(a[axis], b[axis]), Math.max(c[axis], d[axis]));
    return low < high ? [a, b, c, d].find((one) => one[axis] === low)! : null;
  }
  if (Math.sign(ca) * Math.sign(cb) >= 0 || Math.sign(da) * Math.sign(db) >= 0) return null;
  const part = ca / (ca - cb);
  return [precise(a[0] + (b[0] - a[0]) * part), precise(a[1] + (b[1] - a[1]) * part)];
}

function isInside(ring: readonly Position[], [x, y]: Position): boolean {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!;
    const [xj, yj] = ring[j]!;
    if ((xi === x && yi === y) || side(ring[j]!, ring[i]!, [x, y]) === 0 && x >= Math.min(xi, xj) && x <= Math.max(xi, xj) && y >= Math.min(yi, yj) && y <= Math.max(yi, yj)) return true;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}

// ---- mending, where somebody asks for it

/** True where every fault is of a kind that can be mended without guessing. */
export const canMend = (faults: readonly Fault[]): boolean => faults.length > 0 && faults.every((one) => ['open', 'crossing', 'spike', 'swapped'].includes(one.kind));

/** Closes rings, sets longitude before latitude, and keeps of what crosses itself the ground that is inside an odd number of times. */
export function mended(parts: readonly Part[], faults: readonly Fault[]): Part[] {
  return parts.map((part, i) => {
    const kinds = new Set(faults.filter((one) => one.part === i + 1).map((one) => one.kind));
    if (kinds.size === 0) return part;
    const turned = kinds.has('swapped') ? part.ground.map((polygon) => polygon.map((ring) => ring.map(([x, y]): Position => [y, x]))) : part.ground;
    const closed = turned.map((polygon) => polygon.map((ring) => (same(ring[0]!, ring.at(-1)!) ? ring : [...ring, ring[0]!])));
    return { ...part, ground: joined([closed]) };
  });
}

/** All of an area as one, with its size and box; null where there is none or it is still faulty. */
export function areaOf(reading: Reading): { ground: MultiPolygon; squareMeters: number; box: NonNullable<ReturnType<typeof boxOf>> } | null {
  if (reading.faults.length || reading.parts.length === 0) return null;
  const ground = joined(reading.parts.map((one) => one.ground));
  const box = boxOf(ground);
  return box ? { ground, squareMeters: squareMeters(ground), box } : null;
}
