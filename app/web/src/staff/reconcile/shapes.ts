import type { Sheet } from '../../map/style';

// Okabe and Ito's colours: told apart by everyone, on light and on dark
export const MEMBER_COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00'];
export const memberColor = (index: number): string => MEMBER_COLORS[index % MEMBER_COLORS.length]!;

/** One group's shapes for one map: its own layer's filled, the others' as dashed lines over it. */
export function sheetOf(shapes: GeoJSON.FeatureCollection, own: string, layers: readonly string[]): Sheet {
  const color = ['match', ['get', 'layer'], ...layers.flatMap((layer, i) => [layer, memberColor(i)]), '#7f7f7f'];
  const mine = ['==', ['get', 'layer'], own];
  const theirs = ['!=', ['get', 'layer'], own];
  const area = ['==', ['geometry-type'], 'Polygon'];
  const point = ['==', ['geometry-type'], 'Point'];
  const all = (...parts: unknown[]) => ['all', ...parts];
  const layersOf = [
    { id: 'group/fill', type: 'fill', source: 'group', filter: all(mine, area), paint: { 'fill-color': color, 'fill-opacity': 0.3 } },
    { id: 'group/others', type: 'line', source: 'group', filter: all(theirs, ['!', point]), paint: { 'line-color': color, 'line-width': 2, 'line-dasharray': [2, 2] } },
    { id: 'group/edge', type: 'line', source: 'group', filter: all(mine, ['!', point]), layout: { 'line-join': 'round' }, paint: { 'line-color': color, 'line-width': 3.5 } },
    { id: 'group/other-points', type: 'circle', source: 'group', filter: all(theirs, point), paint: { 'circle-color': 'transparent', 'circle-radius': 8, 'circle-stroke-color': color, 'circle-stroke-width': 2 } },
    { id: 'group/points', type: 'circle', source: 'group', filter: all(mine, point), paint: { 'circle-color': color, 'circle-radius': 8, 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 2 } },
  ];
  return { sources: { group: { type: 'geojson', data: shapes } }, layers: layersOf as unknown as Sheet['layers'] };
}
