import type { Sheet } from '../../map/style';

export type Spot = readonly [lon: number, lat: number];
/** A thing that a decision may be about, with its number in the list and on the map; without a spot where it did not come. */
export interface Numbered {
  n: number;
  key: string;
  spot: Spot | null;
}

/** The middle of what a geometry reaches; null where it has no position. */
export function spotOf(geometry: GeoJSON.Geometry | null): Spot | null {
  if (geometry === null || !('coordinates' in geometry)) return null;
  const flat = (geometry.coordinates as unknown[]).flat(4) as number[];
  const step = typeof (geometry.type === 'Point' ? geometry.coordinates[2] : null) === 'number' ? 3 : 2;
  const axis = (n: number) => flat.filter((_, i) => i % step === n);
  const [x, y] = [axis(0), axis(1)];
  return x.length === 0 || y.length === 0 ? null : [(Math.min(...x) + Math.max(...x)) / 2, (Math.min(...y) + Math.max(...y)) / 2];
}

/** About how far, in metres: exact enough for things of one street. */
export function metersBetween(one: Spot, other: Spot): number {
  const degree = (6_371_008.8 * Math.PI) / 180;
  return Math.hypot((one[0] - other[0]) * degree * Math.cos((one[1] * Math.PI) / 180), (one[1] - other[1]) * degree);
}

/** The things over the map, each with its number; the chosen one is full. */
export function sheetOf(things: readonly Numbered[], chosen: string, dark: boolean): Sheet {
  const features = things.flatMap((one): GeoJSON.Feature[] => (one.spot ? [{ type: 'Feature', geometry: { type: 'Point', coordinates: [...one.spot] }, properties: { n: one.n, key: one.key } }] : []));
  const [ink, paper] = dark ? ['#ffffff', '#0d0b0e'] : ['#1f1b1d', '#ffffff'];
  const isChosen = ['==', ['get', 'key'], chosen];
  return {
    sources: { things: { type: 'geojson', data: { type: 'FeatureCollection', features } } },
    layers: [
      { id: 'things-dots', type: 'circle', source: 'things', paint: { 'circle-radius': 13, 'circle-color': ['case', isChosen, ink, paper] as never, 'circle-stroke-color': ink, 'circle-stroke-width': 2.5 } },
      { id: 'things-numbers', type: 'symbol', source: 'things', layout: { 'text-field': ['to-string', ['get', 'n']], 'text-font': ['Alegreya Map Bold'], 'text-size': 15, 'text-allow-overlap': true, 'text-ignore-placement': true }, paint: { 'text-color': ['case', isChosen, paper, ink] as never } },
    ],
  };
}
