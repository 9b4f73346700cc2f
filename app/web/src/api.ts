/** What the server answers, as its OpenAPI document says it; coordinates are longitude, latitude (CRS84). */
export interface City {
  name: string;
  crs: string;
  bbox: Bbox | null;
  revision: number;
  updated: string | null;
  counts: { layers: number; features: number; departments: number; findings: number };
  languages: string[];
}
export type Bbox = [west: number, south: number, east: number, north: number];
export interface Field {
  name: string;
  type: string;
  label: string;
  unit: string | null;
}
export interface Source {
  file: string;
  format: string;
  sha256: string;
  crs: string | null;
  operation: string | null;
  accuracyMeters: number | null;
}
export interface Layer {
  id: string;
  title: string;
  titles: Record<string, string>;
  description: string | null;
  theme: string;
  department: string | null;
  standard: string | null;
  geometry: string;
  count: number;
  bbox: Bbox | null;
  date: string | null;
  revision: number;
  updated: string | null;
  licence: string | null;
  crs: string | null;
  sources: Source[];
  findings: { errors: number; warnings: number; notes: number };
  fields: Field[];
  closedFields: number;
  tiles: string | null;
  minZoom: number;
  maxZoom: number;
  downloads: { format: string; href: string }[];
  hasCoverage: boolean;
}
export interface LayerDetail extends Layer {
  coverage: GeoJSON.Geometry | null;
  key: string | null;
  history: { revision: number; instant: string; author: string; message: string; count?: number }[];
}
export interface Layers {
  layers: Layer[];
  themes: { id: string; title: string }[];
  departments: string[];
}
export interface Finding {
  code: string;
  severity: 'error' | 'warning' | 'note';
  title: string;
  layer: string | null;
  source: string;
  subject: string | null;
  count: number;
  evidence: string;
  action: string;
  examples: { row: number | null; text: string; lon: number | null; lat: number | null }[];
}
export interface Values {
  values: { value: unknown; label: string; count: number }[];
  truncated: boolean;
}
export interface Hit {
  kind: 'layer' | 'place' | 'street' | 'address' | 'crossing' | 'parcel' | 'coordinate' | 'code';
  title: string;
  subtitle: string | null;
  layer: string | null;
  feature: string | number | null;
  lon: number | null;
  lat: number | null;
  bbox: Bbox | null;
  precision: string | null;
}
export interface Property {
  name: string;
  label: string;
  value: unknown;
  unit: string | null;
}
export interface PlaceLayer {
  id: string;
  title: string;
  theme: string;
  date: string | null;
  source: string | null;
  revision: number;
  features: { id: string | number; title: string | null; distanceMeters: number; properties: Property[] }[];
}
export interface Place {
  lon: number;
  lat: number;
  insideCity: boolean | null;
  title: string;
  parcel: { layer: string; feature: string | number; key: string } | null;
  departments: { name: string; layers: PlaceLayer[] }[];
  nothingHere: { id: string; title: string; department: string | null }[];
  noData: { id: string; title: string; department: string | null; reason: string }[];
}

/** A refusal in words: the server's own problem document, or what could be said of a request that never came back. */
export class Problem extends Error {
  constructor(
    readonly title: string,
    readonly detail: string | null,
    readonly status: number | null,
  ) {
    super(title);
  }
  /** True when no answer came at all: no network, or the server is not there. */
  get unreachable(): boolean {
    return this.status === null;
  }
}

const PATIENCE_MS = 25_000;

async function get<T>(path: string, parameters: Record<string, string | number>, signal?: AbortSignal): Promise<T> {
  const query = new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
  const limit = AbortSignal.timeout(PATIENCE_MS);
  let response: Response;
  try {
    response = await fetch(`${path}?${query}`, { headers: { accept: 'application/json' }, signal: signal ? AbortSignal.any([signal, limit]) : limit });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new Problem('', null, null);
  }
  if (!response.ok) {
    const text = await response.text();
    throw problemOf(text, response.status);
  }
  return (await response.json()) as T;
}

function problemOf(text: string, status: number): Problem {
  try {
    const body = JSON.parse(text) as { title?: unknown; detail?: unknown };
    return new Problem(typeof body.title === 'string' ? body.title : '', typeof body.detail === 'string' ? body.detail : null, status);
  } catch (notJson) {
    if (!(notJson instanceof SyntaxError)) throw notJson;
    return new Problem('', null, status);
  }
}

/** Every question the page asks. Answers that change only with a revision are kept until the page is left. */
export class Api {
  readonly #kept = new Map<string, Promise<unknown>>();

  constructor(private readonly lang: () => string) {}

  city = () => this.#keep<City>('/api/city');
  layers = () => this.#keep<Layers>('/api/layers');
  layer = (id: string) => this.#keep<LayerDetail>(`/api/layers/${encodeURIComponent(id)}`);
  findings = (layer: string | null) => this.#keep<{ findings: Finding[] }>(layer ? `/api/layers/${encodeURIComponent(layer)}/findings` : '/api/findings');
  values = (layer: string, field: string) => this.#keep<Values>(`/api/layers/${encodeURIComponent(layer)}/values`, { field });
  feature = (layer: string, id: string | number) => this.#keep<GeoJSON.Feature>(`/api/layers/${encodeURIComponent(layer)}/features/${encodeURIComponent(String(id))}`);

  place(lon: number, lat: number, signal?: AbortSignal): Promise<Place> {
    return get('/api/place', { lon, lat, lang: this.lang() }, signal);
  }

  search(q: string, near: [number, number] | null, signal?: AbortSignal): Promise<{ query: string; results: Hit[] }> {
    return get('/api/search', { q, limit: 8, ...(near ? { lon: near[0], lat: near[1] } : {}), lang: this.lang() }, signal);
  }

  #keep<T>(path: string, parameters: Record<string, string> = {}): Promise<T> {
    const asked = { ...parameters, lang: this.lang() };
    const key = `${path}?${new URLSearchParams(asked)}`;
    const known = this.#kept.get(key) as Promise<T> | undefined;
    if (known) return known;
    const answer = get<T>(path, asked);
    this.#kept.set(key, answer);
    answer.catch(() => this.#kept.delete(key));
    return answer;
  }
}
