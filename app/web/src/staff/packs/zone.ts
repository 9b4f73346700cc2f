import type { Sheet } from '../../map/style';
import type { Turn } from './answers';

export type Corner = readonly [lon: number, lat: number];
export type Ring = readonly Corner[];

/** A corner where it was put: a tenth of a metre is more than anybody draws. */
export const corner = (lon: number, lat: number): Corner => [Number(lon.toFixed(7)), Number(lat.toFixed(7))];

export const withCorner = (ring: Ring, n: number, to: Corner): Ring => ring.map((one, i) => (i === n ? to : one));
export const withoutCorner = (ring: Ring, n: number): Ring => ring.filter((_, i) => i !== n);
/** With one more behind the n-th corner. */
export const withMore = (ring: Ring, n: number, to: Corner): Ring => [...ring.slice(0, n + 1), to, ...ring.slice(n + 1)];
export const moved = (ring: Ring, lon: number, lat: number): Ring => ring.map((one) => corner(one[0] + lon, one[1] + lat));
/** Half way to the next corner. */
export const between = (ring: Ring, n: number): Corner => {
  const next = ring[(n + 1) % ring.length]!;
  return [(ring[n]![0] + next[0]) / 2, (ring[n]![1] + next[1]) / 2];
};
/** In the middle of its corners, where the whole is taken hold of. */
export const middle = (ring: Ring): Corner => [ring.reduce((sum, one) => sum + one[0], 0) / ring.length, ring.reduce((sum, one) => sum + one[1], 0) / ring.length];

const METERS_PER_DEGREE = (6_371_008.8 * Math.PI) / 180;

/** About how large it is, in square metres: as plane as a zone of a city is. */
export function areaOf(ring: Ring): number {
  if (ring.length < 3) return 0;
  const [lon, lat] = middle(ring);
  const x = (one: Corner) => (one[0] - lon) * METERS_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  const y = (one: Corner) => (one[1] - lat) * METERS_PER_DEGREE;
  return Math.abs(ring.reduce((sum, one, i) => sum + x(one) * y(ring[(i + 1) % ring.length]!) - x(ring[(i + 1) % ring.length]!) * y(one), 0)) / 2;
}

const turn = (a: Corner, b: Corner, c: Corner) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
const cross = (a: Corner, b: Corner, c: Corner, d: Corner) => turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;

/** True where sides of it cross: such a thing has no inside. */
export function isCrossed(ring: Ring): boolean {
  const n = ring.length;
  for (let i = 0; i < n; i++) for (let j = i + 2; j < n; j++) if ((j + 1) % n !== i && cross(ring[i]!, ring[i + 1]!, ring[j]!, ring[(j + 1) % n]!)) return true;
  return false;
}

/** What it is as GeoJSON; null where it is no area yet. */
export const shapeOf = (ring: Ring): GeoJSON.Polygon | null => (ring.length < 3 || isCrossed(ring) ? null : { type: 'Polygon', coordinates: [[...ring, ring[0]!].map((one) => [...one])] });

const isInside = (ring: readonly GeoJSON.Position[], [x, y]: Corner): boolean =>
  ring.reduce((inside, a, i) => {
    const b = ring[(i + 1) % ring.length]!;
    return a[1]! > y !== b[1]! > y && x < ((b[0]! - a[0]!) * (y - a[1]!)) / (b[1]! - a[1]!) + a[0]! ? !inside : inside;
  }, false);

/** The area of a layer in which a place lies: its outer ring and what is said of it; null where there is none. Holes are filled. */
export function areaAt(features: readonly GeoJSON.Feature[], at: Corner): { ring: Ring; said: Record<string, unknown> } | null {
  for (const { geometry, properties } of features) {
    const parts = geometry?.type === 'Polygon' ? [geometry.coordinates] : geometry?.type === 'MultiPolygon' ? geometry.coordinates : [];
    const part = parts.find(([outer, ...holes]) => outer && isInside(outer, at) && !holes.some((hole) => isInside(hole, at)));
    if (part) return { ring: part[0]!.slice(0, -1).map((one) => corner(one[0]!, one[1]!)), said: properties ?? {} };
  }
  return null;
}

/** What a value of a form means to a field: numbers and yes or no as such; undefined where nothing is said, null where it cannot be read. */
export function valueOf(text: string, type: string): string | number | boolean | null | undefined {
  const said = text.trim();
  if (said === '') return undefined;
  if (type === 'boolean') return said === 'true' ? true : said === 'false' ? false : null;
  if (type !== 'integer' && type !== 'decimal') return said;
  const number = Number(said.replace(',', '.'));
  return Number.isFinite(number) && (type === 'decimal' || Number.isInteger(number)) ? number : null;
}

/** How an answer turns. */
export type Way = 'gained' | 'lost' | 'other';
export const wayOf = (one: Turn): Way => (one.after === 'possible' ? 'gained' : one.before === 'possible' ? 'lost' : 'other');

// Okabe and Ito's colours, apart for every kind of colour-blindness; ways differ in shape as well
export const WAY_COLORS: Record<Way, string> = { gained: '#0072b2', lost: '#d55e00', other: '#8a7f00' };

/** The zone and the answers that turn, as a sheet over the map: what is gained is full, what is lost a ring. */
export function sheetOf(ring: Ring, turns: readonly Turn[], dark: boolean): Sheet {
  const positions = (ring.length >= 3 ? [...ring, ring[0]!] : ring).map((one) => [...one]);
  const shape: GeoJSON.Geometry | null = ring.length >= 3 ? { type: 'Polygon', coordinates: [positions] } : ring.length === 2 ? { type: 'LineString', coordinates: positions } : null;
  const points = turns.flatMap((one, n): GeoJSON.Feature[] => (one.at ? [{ type: 'Feature', geometry: { type: 'Point', coordinates: one.at }, properties: { n, way: wayOf(one) } }] : []));
  const [ink, halo] = dark ? ['#ffffff', '#0d0b0e'] : ['#1f1b1d', '#ffffff'];
  const color = ['match', ['get', 'way'], 'gained', WAY_COLORS.gained, 'lost', WAY_COLORS.lost, WAY_COLORS.other] as unknown as string;
  const isLost = ['==', ['get', 'way'], 'lost'];
  return {
    sources: {
      zone: { type: 'geojson', data: { type: 'FeatureCollection', features: shape ? [{ type: 'Feature', geometry: shape, properties: {} }] : [] } },
      turns: { type: 'geojson', data: { type: 'FeatureCollection', features: points } },
    },
    layers: [
      { id: 'zone-area', type: 'fill', source: 'zone', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': ink, 'fill-opacity': 0.12 } },
      { id: 'zone-halo', type: 'line', source: 'zone', paint: { 'line-color': halo, 'line-width': 6, 'line-opacity': 0.7 } },
      { id: 'zone-edge', type: 'line', source: 'zone', paint: { 'line-color': ink, 'line-width': 2.5, 'line-dasharray': [3, 1.5] } },
      {
        id: 'turns-dots', type: 'circle', source: 'turns',
        paint: { 'circle-radius': ['case', isLost, 5, 6] as never, 'circle-color': ['case', isLost, halo, color] as never, 'circle-stroke-color': ['case', isLost, color, halo] as never, 'circle-stroke-width': ['case', isLost, 3.5, 2] as never },
      },
    ],
  };
}
