/** A feature as a decision is to make it. */
export interface Part {
  geometry: { type: string; coordinates: unknown } | null;
  values: Record<string, unknown>;
}
/** What a decision of a procedure changes on the map; several of one layer exclude each other. `key` names the features of the layer, `things` are those that it may be about. */
export interface Back {
  change: 'add' | 'update' | 'remove' | 'split' | 'merge';
  layer: string;
  title: string;
  name: string | null;
  key: string | null;
  things: { feature: number; key: string | null }[];
}
export interface MapOfCase {
  revision: number;
  changes: Back[];
}
/** A change as the server takes it. */
export interface Change {
  change: string;
  layer: string;
  basedOn: number;
  keys?: string[];
  parts: Part[];
}

/** True for what only a drawing can say. */
export const isDrawn = (one: Back): boolean => one.change === 'split' || one.change === 'merge';
/** The changes of each layer of which the officer has to say one. */
export function choicesOf(changes: Back[]): Back[][] {
  const layers = new Map<string, Back[]>();
  for (const one of changes) if (!isDrawn(one)) layers.set(one.layer, [...(layers.get(one.layer) ?? []), one]);
  return [...layers.values()].filter((list) => list.length > 1 || (list[0]!.change !== 'add' && list[0]!.things.length > 1));
}

/**
 * The new parcels of a surveyor's file: GeoJSON areas, each with its key.
 *
 * @returns the parts, or which of the words for a problem says what is wrong
 */
export function partsOf(text: string, key: string): Part[] | 'parcels_no_file' | 'parcels_no_areas' | 'parcels_no_key' {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return 'parcels_no_file';
  }
  const features = (read as { features?: unknown })?.features;
  if (!Array.isArray(features)) return 'parcels_no_file';
  const parts: Part[] = [];
  for (const one of features as { geometry?: Part['geometry']; properties?: Record<string, unknown> | null }[]) {
    if (one?.geometry?.type !== 'Polygon' && one?.geometry?.type !== 'MultiPolygon') return 'parcels_no_areas';
    const said = one.properties?.[key];
    if (said === undefined || said === null || String(said).trim() === '') return 'parcels_no_key';
    parts.push({ geometry: { type: one.geometry.type, coordinates: one.geometry.coordinates }, values: { [key]: String(said).trim() } });
  }
  return parts.length ? parts : 'parcels_no_areas';
}
