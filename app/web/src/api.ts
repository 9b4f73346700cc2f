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
  downloads: { format: string; extension: string; href: string | null; anyCrs: boolean; refusal: string | null }[];
  hasCoverage: boolean;
  /** How often its department promises a new version, as ISO 8601 writes it. */
  rhythm?: string | null;
  /** The office that answers for it. */
  contact?: { office: string | null; email: string | null; phone: string | null; url: string | null } | null;
  /** How a steward wants it drawn; other readers' styles have no look of ours. */
  style?: { metadata?: Record<string, unknown> } | null;
}
/** How large a file will be: exactly so many features, about so many bytes; null where that would tell how many people match. */
export interface Estimate {
  features: number | null;
  bytes: number | null;
  isLarge: boolean;
}
export interface LayerDetail extends Layer {
  coverage: GeoJSON.Geometry | null;
  key: string | null;
  history: { revision: number; instant: string; author: string; message: string; count?: number }[];
  about: About;
  /** What people are at work to map for the layer; null where nobody is. */
  gap: { openTasks: number; closedTasks: number; openSquareMeters: number; closedSquareMeters: number } | null;
}
/** What the catalogue record says of a layer. */
export interface About {
  /** A to D; null where nobody checked the layer. */
  grade: string | null;
  freshness: 'fresh' | 'due' | 'overdue' | 'unknown';
  freshnessTitle: string;
  /** When the next version is due; null where no rhythm was declared. */
  due: string | null;
  licenceTitle: string | null;
  licenceUrl: string | null;
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
  /** How the numbers of the field spread, least first, where it holds numbers. */
  distribution?: { value: number; count: number }[] | null;
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
  features: { id: string | number; title: string | null; distanceMeters: number; properties: Property[]; element?: MapElement | null }[];
}
/** An element of the community map; the version in which it agreed last with the feature that it is. */
export interface MapElement {
  type: 'node' | 'way' | 'relation';
  id: number;
  version: number | null;
  /** What is said of it, in the reader's language. */
  text: string;
}
/** What one revision did to a thing; without a feature it was taken away. */
export interface FeatureVersion {
  revision: number;
  instant: string;
  author: string;
  message: string;
  feature: object | null;
  fields: { name: string; label: string; before: unknown; after: unknown }[];
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
  /** Mapping tasks on whose ground the place lies, for layers that lack something there. */
  mapping: { layer: string; title: string; project: number; task: number }[];
}

/** A refusal in words: the server's own problem document, or what could be said of a request that never came back. */
export class Problem extends Error {
  constructor(
    readonly title: string,
    readonly detail: string | null,
    readonly status: number | null,
    /** What else the server said: `type`, `wanted`, `got`, and `retry-after` in seconds. */
    readonly more: Record<string, unknown> = {},
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
  const response = await reach(`${path}?${query}`, { headers: { accept: 'application/json' } }, signal);
  return (await response.json()) as T;
}

/** Sends a request and waits for an answer that is no refusal. */
export async function reach(path: string, request: RequestInit, signal?: AbortSignal, patienceMs = PATIENCE_MS): Promise<Response> {
  const limit = AbortSignal.timeout(patienceMs);
  let response: Response;
  try {
    response = await fetch(path, { ...request, signal: signal ? AbortSignal.any([signal, limit]) : limit });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new Problem('', null, null);
  }
  if (!response.ok) throw problemOf(await response.text(), response);
  return response;
}

function problemOf(text: string, { status, headers }: Response): Problem {
  const more = { 'retry-after': headers.get('retry-after') };
  try {
    const { title, detail, ...rest } = JSON.parse(text) as Record<string, unknown>;
    return new Problem(typeof title === 'string' ? title : '', typeof detail === 'string' ? detail : null, status, { ...more, ...rest });
  } catch (notJson) {
    if (!(notJson instanceof SyntaxError)) throw notJson;
    return new Problem('', null, status, more);
  }
}

/** Something asked of the server: on its way, here, or refused. */
export type Asked<T> = { state: 'waiting' } | { state: 'here'; value: T } | { state: 'failed'; problem: Problem };

/** Turns a promise into something a card can show in each of its states. */
export async function asked<T>(promise: Promise<T>): Promise<Asked<T>> {
  try {
    return { state: 'here', value: await promise };
  } catch (cause) {
    if (cause instanceof Problem) return { state: 'failed', problem: cause };
    if (cause instanceof DOMException && cause.name === 'AbortError') return { state: 'waiting' };
    throw cause;
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
  estimate = (href: string, parameters: Record<string, string>, signal?: AbortSignal) => get<Estimate>(`${href}/estimate`, { ...parameters, lang: this.lang() }, signal);
  feature = (layer: string, id: string | number) => this.#keep<GeoJSON.Feature>(`/api/layers/${encodeURIComponent(layer)}/features/${encodeURIComponent(String(id))}`);

  history = (layer: string, id: string | number) => this.#keep<{ items: FeatureVersion[] }>(`/api/layers/${encodeURIComponent(layer)}/features/${encodeURIComponent(String(id))}/history`);

  place(lon: number, lat: number, signal?: AbortSignal): Promise<Place> {
    return get('/api/place', { lon, lat, lang: this.lang() }, signal);
  }

  search(q: string, near: [number, number] | null, signal?: AbortSignal): Promise<{ query: string; results: Hit[] }> {
    return get('/api/search', { q, limit: 8, ...(near ? { lon: near[0], lat: near[1] } : {}), lang: this.lang() }, signal);
  }

  /** Forgets what was kept, after something was changed. */
  forget(): void {
    this.#kept.clear();
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
