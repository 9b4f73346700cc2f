/** A feature as a decision is to make it. */
export interface Part {
  geometry: { type: string; coordinates: unknown } | null;
  values: Record<string, unknown>;
}
/** What a decision of a procedure changes on the map; `key` names the features of the layer. */
export interface Back {
  change: 'add' | 'update' | 'split' | 'merge';
  layer: string;
  key: string | null;
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
  parts: Part[];
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
