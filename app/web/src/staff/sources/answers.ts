/** Where data are pulled from on a schedule. */
export interface Source {
  id: string;
  title: string;
  kind: string;
  address: string;
  names: string[];
  department: string | null;
  layer: string | null;
  every: string | null;
  next: string | null;
  state: 'idle' | 'running' | 'failing' | 'off';
  lastRun: Run | null;
  options: Record<string, unknown>;
}
/** A source as it is sent in. */
export type Wanted = Pick<Source, 'title' | 'kind' | 'address' | 'names' | 'department' | 'layer' | 'every' | 'options'> & { active: boolean };
export interface Run {
  id: string;
  started: string;
  ended: string | null;
  outcome: 'unchanged' | 'submitted' | 'published' | 'failed' | 'cancelled' | null;
  reason: string | null;
  fetched: { requests: number; bytes: number; features: number | null } | null;
  submission: string | null;
  log?: (string | { at?: string; text: string })[];
}
export interface Preview {
  kind: string | null;
  items: { name: string; title: string; geometry: string | null; count: number | null }[];
  problem: string | null;
}
export const KINDS = ['file', 'http', 'wfs', 'ogc-features', 'arcgis', 'ckan', 'dcat', 'gtfs'] as const;
/** How often a source may be asked. */
export const EVERY = ['PT1H', 'P1D', 'P7D', 'P30D', 'P90D', 'P365D'] as const;
