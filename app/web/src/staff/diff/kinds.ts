import type { Sheet } from '../../map/style';
import type { ChangeKind } from '../answers';

export const KINDS: ChangeKind[] = ['added', 'removed', 'geometry', 'attributes', 'both', 'doubtful'];
export type Shown = 'before' | 'both' | 'after';

// Okabe and Ito's colours, apart for every kind of colour-blindness; what was is dashed, what is is whole
export const KIND_COLORS: Record<ChangeKind, string> = { added: '#009e73', removed: '#d55e00', geometry: '#0072b2', attributes: '#e69f00', both: '#cc79a7', doubtful: '#8a7f00' };

/** The changes over the city's map: what was dashed, what is drawn whole, the chosen one bold. */
export function sheetOf(shapes: GeoJSON.FeatureCollection, shown: Shown, chosen: string | null, dark: boolean): Sheet {
  const color = ['match', ['get', 'kind'], ...Object.entries(KIND_COLORS).flat(), '#7f7f7f'] as unknown as string;
  const isKind = ['==', ['get', 'kind'], 'attributes'];
  // where only the data changed, one shape stands for both sides
  const visible = (side: 'before' | 'after') => {
    if (shown !== 'both' && shown !== side) return ['==', 1, 2];
    if (side === 'after') return ['any', ['==', ['get', 'side'], side], isKind];
    return shown === 'both' ? ['all', ['==', ['get', 'side'], side], ['!', isKind]] : ['==', ['get', 'side'], side];
  };
  const is = (geometry: string) => ['==', ['geometry-type'], geometry];
  const all = (...filters: unknown[]) => ['all', ...filters] as never;
  const halo = dark ? '#0d0b0e' : '#ffffff';
  const sides = (['before', 'after'] as const).flatMap((side) => {
    const old = side === 'before';
    return [
      { id: `diff-${side}/area`, type: 'fill' as const, source: 'diff', filter: all(visible(side), is('Polygon')), paint: { 'fill-color': color, 'fill-opacity': old ? 0.14 : 0.34 } },
      { id: `diff-${side}/halo`, type: 'line' as const, source: 'diff', filter: all(visible(side), ['!=', ['geometry-type'], 'Point']), paint: { 'line-color': halo, 'line-width': 4.5, 'line-opacity': 0.7 } },
      { id: `diff-${side}/line`, type: 'line' as const, source: 'diff', filter: all(visible(side), ['!=', ['geometry-type'], 'Point']), paint: { 'line-color': color, 'line-width': 2.2, ...(old ? { 'line-dasharray': [2.5, 2] } : {}) } },
      { id: `diff-${side}/point`, type: 'circle' as const, source: 'diff', filter: all(visible(side), is('Point')), paint: { 'circle-radius': 6, 'circle-color': old ? halo : color, 'circle-stroke-color': old ? color : halo, 'circle-stroke-width': 2.5 } },
    ];
  });
  const mine = ['==', ['to-string', ['get', 'n']], chosen ?? ''];
  return {
    sources: { diff: { type: 'geojson', data: shapes } },
    layers: [
      ...sides,
      { id: 'diff-chosen/line', type: 'line', source: 'diff', filter: all(mine, ['!=', ['geometry-type'], 'Point']), paint: { 'line-color': dark ? '#ffffff' : '#1f1b1d', 'line-width': 4.5 } },
      { id: 'diff-chosen/point', type: 'circle', source: 'diff', filter: all(mine, is('Point')), paint: { 'circle-radius': 10, 'circle-opacity': 0, 'circle-stroke-color': dark ? '#ffffff' : '#1f1b1d', 'circle-stroke-width': 3.5 } },
    ],
  };
}
