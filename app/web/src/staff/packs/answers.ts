import type { Whole } from '../../procedures/api';

export interface PackLine {
  id: string;
  own: boolean;
  files: number;
}
export interface Sources {
  id: string;
  own: boolean;
  tag: string;
  files: Record<string, string>;
}
export interface Fault {
  file: string;
  line: number;
  path: string;
  message: string;
}
export interface Report {
  faults: Fault[];
  findings: Fault[];
  procedures: number;
  examples: number;
  failed: { procedure: string | { value: string }; example: string; differences: { what: string; expected: string; got: string }[] }[];
  shown: Whole | null;
}

/** What a draft would do to one procedure; shares are of the parcels drawn, with their 95 % interval. */
export interface Tally {
  procedure: string;
  name: Record<string, string>;
  isNew: boolean;
  isGone: boolean;
  parcels: number;
  parcelsFlipped: number;
  share?: number;
  share95?: [number, number];
  files: number;
  filesFlipped: number;
  notAsked: number;
  flips: Record<string, number>;
  rules: Record<string, number>;
  feesChanged: number;
  feeBefore: number;
  feeAfter: number;
}
/** One answer that would turn. */
export interface Turn {
  procedure: string;
  parcel?: string;
  folio?: string;
  /** Of the procedure, whose answers were given beside the parcel. */
  example: string | null;
  at?: [lon: number, lat: number];
  before: string;
  after: string;
  rules: { rule: string; before: string | null; after: string | null }[];
}
export interface Forecast {
  day: string;
  parcels: number;
  sample: number;
  files: number;
  procedures: Tally[];
  turnCount: number;
  turns: Turn[];
  pdf: string;
}
/** An area drawn over a layer, as the server takes it. */
export interface Area {
  layer: string;
  geometry: { type: string; coordinates: unknown };
  values: Record<string, unknown>;
}

/**
 * The areas of a drawing: GeoJSON polygons whose properties are the values that they would have.
 *
 * @returns null where the text is no such thing
 */
export function areasOf(text: string, layer: string): Area[] | null {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  const one = read as { type?: string; features?: unknown } | null;
  const features = one?.type === 'Feature' ? [one] : one?.features;
  if (!Array.isArray(features) || features.length === 0) return null;
  const areas: Area[] = [];
  for (const feature of features as { geometry?: Area['geometry']; properties?: Record<string, unknown> | null }[]) {
    if (feature?.geometry?.type !== 'Polygon' && feature?.geometry?.type !== 'MultiPolygon') return null;
    const values = Object.fromEntries(Object.entries(feature.properties ?? {}).filter(([, value]) => value !== null));
    areas.push({ layer, geometry: { type: feature.geometry.type, coordinates: feature.geometry.coordinates }, values });
  }
  return areas;
}

/** True for what a file of a pack may be called, as the server has it. */
export const isFileName = (name: string): boolean => /^((pack|offices|shared)\.yaml|(tables|procedures|examples)\/[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*\.yaml)$/.test(name);

/** The procedure that a file holds; null for other files. */
export const procedureOf = (file: string): string | null => /^procedures\/([a-z]+\.[a-z0-9_]+)\.yaml$/.exec(file)?.[1] ?? null;

/** Where a line of a text begins and ends; lines are counted from 1. */
export function lineAt(text: string, line: number): [from: number, to: number] {
  const lines = text.split('\n');
  const n = Math.max(1, Math.min(line, lines.length));
  const from = lines.slice(0, n - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return [from, from + lines[n - 1]!.length];
}
