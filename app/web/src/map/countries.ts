import { far, near } from 'virtual:world';

// ISO 3166-1 codes and a place for the name, for the countries a Latin American city lies among; named in the reader's language by the browser itself.
const PLACES: [code: string, lon: number, lat: number][] = [
  ['MX', -102, 24], ['GT', -90.3, 15.6], ['BZ', -88.7, 17.2], ['HN', -86.6, 14.8], ['SV', -88.9, 13.7], ['NI', -85, 12.9], ['CR', -84.1, 9.9], ['PA', -80.1, 8.5], ['CU', -79, 21.9], ['HT', -72.7, 19.1], ['DO', -70.4, 18.9],
  ['US', -99, 39.5], ['CA', -105, 57], ['CO', -73.5, 3.9], ['VE', -66, 7.5], ['GY', -58.9, 4.9], ['SR', -56, 4], ['EC', -78.5, -1.4], ['PE', -75, -10], ['BR', -52.5, -10.5], ['BO', -64.5, -16.8], ['PY', -58.4, -23.3],
  ['CL', -70.9, -31], ['AR', -65, -35.5], ['UY', -56, -32.9], ['ES', -3.7, 40.2], ['PT', -8.2, 39.6], ['FR', 2.5, 46.6], ['MA', -6.3, 31.8], ['GL', -41, 72],
];

/** Where the backdrop's two drawings are: the far one for the whole world, the near one with a finer coast. */
export const world = { far, near };

export function countryNames(locale: string): GeoJSON.FeatureCollection {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  return { type: 'FeatureCollection', features: PLACES.map(([code, lon, lat]) => ({ type: 'Feature', properties: { name: names.of(code) ?? code }, geometry: { type: 'Point', coordinates: [lon, lat] } })) };
}
