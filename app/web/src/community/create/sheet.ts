import type { Sheet } from '../../map/style';
import type { Fault, Part } from './area';
import { collection } from './draft.svelte';
import type { Shape } from './grid';
import type { Position } from './polygons';

/** What is drawn over the city's map while a project is made. */
export interface Drawing {
  parts: readonly Part[];
  tasks?: readonly Shape[];
  /** Numbers of tasks that are chosen, from 1. */
  chosen?: ReadonlySet<number>;
  priority?: readonly Part[];
  corners?: readonly Position[];
  faults?: readonly Fault[];
  dark: boolean;
}

const features = (list: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features: list });
const point = (at: Position): GeoJSON.Feature => ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: at } });

/** The drawing as sources and layers; tasks carry their numbers, faults a cross. */
export function drawingSheet({ parts, tasks = [], chosen = new Set(), priority = [], corners = [], faults = [], dark }: Drawing): Sheet {
  const ink = dark ? '#ffffff' : '#1f1b1d';
  const halo = dark ? '#0d0b0e' : '#ffffff';
  const accent = dark ? '#ff6fb5' : '#c8006b';
  const cells = tasks.map(({ ground }, i): GeoJSON.Feature => ({ type: 'Feature', properties: { number: i + 1, chosen: chosen.has(i + 1) }, geometry: { type: 'MultiPolygon', coordinates: ground } }));
  const line: GeoJSON.Feature[] = corners.length > 1 ? [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [...corners, ...(corners.length > 2 ? [corners[0]!] : [])] } }] : [];
  const geojson = (data: GeoJSON.FeatureCollection) => ({ type: 'geojson' as const, data });
  const layers = [
    { id: 'area/fill', type: 'fill', source: 'area', paint: { 'fill-color': accent, 'fill-opacity': tasks.length ? 0.04 : 0.16 } },
    { id: 'task/fill', type: 'fill', source: 'task', paint: { 'fill-color': accent, 'fill-opacity': ['case', ['get', 'chosen'], 0.4, 0.06] } },
    { id: 'task/edge', type: 'line', source: 'task', paint: { 'line-color': ink, 'line-width': ['case', ['get', 'chosen'], 3.5, 1], 'line-opacity': ['case', ['get', 'chosen'], 1, 0.6] } },
    { id: 'area/halo', type: 'line', source: 'border', paint: { 'line-color': halo, 'line-width': 5 } },
    { id: 'area/edge', type: 'line', source: 'border', paint: { 'line-color': accent, 'line-width': 2.5 } },
    { id: 'priority/fill', type: 'fill', source: 'priority', paint: { 'fill-pattern': 'hatch:#d55e00', 'fill-opacity': 0.5 } },
    { id: 'priority/edge', type: 'line', source: 'priority', paint: { 'line-color': '#d55e00', 'line-width': 3, 'line-dasharray': [1, 1] } },
    { id: 'corner/line', type: 'line', source: 'drawn', paint: { 'line-color': ink, 'line-width': 2, 'line-dasharray': [2, 2] } },
    { id: 'corner/point', type: 'circle', source: 'corner', paint: { 'circle-radius': 6, 'circle-color': halo, 'circle-stroke-color': accent, 'circle-stroke-width': 3 } },
    { id: 'fault/point', type: 'circle', source: 'fault', paint: { 'circle-radius': 11, 'circle-color': '#ffd400', 'circle-stroke-color': '#1f1b1d', 'circle-stroke-width': 2 } },
    { id: 'fault/sign', type: 'symbol', source: 'fault', layout: { 'text-field': '!', 'text-font': ['Alegreya Map Bold'], 'text-size': 18, 'text-allow-overlap': true }, paint: { 'text-color': '#1f1b1d' } },
    { id: 'task/number', type: 'symbol', source: 'task', layout: { 'text-field': ['to-string', ['get', 'number']], 'text-font': ['Alegreya Map Bold'], 'text-size': 13 }, paint: { 'text-color': ink, 'text-halo-color': halo, 'text-halo-width': 1.6 } },
  ];
  return {
    sources: {
      area: geojson(collection(parts)),
      // lines of their own: a ring that crosses itself may have no surface to draw
      border: geojson(features(parts.map(({ ground }) => ({ type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates: ground.flat() } })))),
      task: geojson(features(cells)),
      priority: geojson(collection(priority)),
      drawn: geojson(features(line)),
      corner: geojson(features(corners.map(point))),
      fault: geojson(features(faults.flatMap((one) => (one.at ? [point(one.at)] : [])))),
    },
    layers: layers as unknown as Sheet['layers'],
  };
}
