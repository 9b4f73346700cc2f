import type { Bbox } from '../../api';
import type { Sheet } from '../../map/style';
import type { Parameters, ProjectPage } from '../api';

/** What the address says of a list of projects, as the API is asked it. The address has the short names so that a link can be read. */
export function searchOf(query: URLSearchParams, signedIn: boolean): Parameters {
  const said = (name: string) => query.get(name) || null;
  const yes = (name: string) => (signedIn && query.get(name) === 'yes' ? true : null);
  const page = Number(query.get('page'));
  return {
    textSearch: said('q'),
    difficulty: said('difficulty'),
    action: signedIn ? said('todo') : null,
    mappingTypes: said('what'),
    projectStatuses: said('state'),
    organisation: said('org'),
    campaign: said('campaign'),
    interests: said('interest'),
    basedOnMyInterests: yes('my-interests'),
    favoritedByMe: yes('favourites'),
    mappedByMe: yes('mapped'),
    managedByMe: yes('managed'),
    orderBy: said('order') ?? 'priority',
    page: Number.isInteger(page) && page > 1 ? page : null,
  };
}

type Places = NonNullable<ProjectPage['mapResults']>;

/** What a map has to show so that all projects are seen; null where there is none. */
export function boxOf(places: Places): Bbox | null {
  if (places.features.length === 0) return null;
  const along = (axis: 0 | 1) => places.features.map((one) => one.geometry.coordinates[axis]!);
  const [lon, lat] = [along(0), along(1)];
  // a single project is looked at with what is around it
  const pad = 0.004;
  return [Math.min(...lon) - pad, Math.min(...lat) - pad, Math.max(...lon) + pad, Math.max(...lat) + pad];
}

/** Where projects are: many at one place stand as one sign with their number. */
export function placesSheet(places: Places, lit: number | null, accent: string, paper: string): Sheet {
  const one = ['!', ['has', 'point_count']];
  const isLit = ['==', ['get', 'projectId'], lit ?? -1];
  const layers = [
    { id: 'projects/many', type: 'circle', source: 'projects', filter: ['has', 'point_count'], paint: { 'circle-color': accent, 'circle-radius': ['step', ['get', 'point_count'], 16, 10, 20, 100, 26], 'circle-stroke-color': paper, 'circle-stroke-width': 2 } },
    { id: 'projects/count', type: 'symbol', source: 'projects', filter: ['has', 'point_count'], layout: { 'text-field': ['to-string', ['get', 'point_count']], 'text-font': ['Alegreya Map Bold'], 'text-size': 14, 'text-allow-overlap': true }, paint: { 'text-color': paper } },
    { id: 'projects/one', type: 'symbol', source: 'projects', filter: ['all', one, ['!', isLit]], layout: { 'icon-image': `drop:${accent}:${paper}`, 'icon-size': 0.7, 'icon-anchor': 'bottom', 'icon-allow-overlap': true } },
    { id: 'projects/lit', type: 'symbol', source: 'projects', filter: ['all', one, isLit], layout: { 'icon-image': `drop:${accent}:${paper}`, 'icon-size': 1.1, 'icon-anchor': 'bottom', 'icon-allow-overlap': true } },
  ];
  return { sources: { projects: { type: 'geojson', data: places, cluster: true, clusterRadius: 36, clusterMaxZoom: 13 } }, layers: layers as unknown as Sheet['layers'] };
}
