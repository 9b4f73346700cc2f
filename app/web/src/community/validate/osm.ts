import { reach, type Bbox } from '../../api';
import type { Ask } from '../../staff/ask';

export type ElementType = 'node' | 'way' | 'relation';
/** An element of the community map at one of its versions, as the OSM API's JSON has it. */
export interface OsmElement {
  type: ElementType;
  id: number;
  version: number;
  visible?: boolean;
  changeset: number;
  user?: string;
  timestamp: string;
  tags?: Record<string, string>;
  lat?: number;
  lon?: number;
  nodes?: number[];
  members?: { type: ElementType; ref: number; role: string }[];
}
export interface Changeset {
  id: number;
  created_at: string;
  closed_at?: string;
  open: boolean;
  user?: string;
  changes_count: number;
  comments_count: number;
  tags?: Record<string, string>;
  comments?: { id?: number; date: string; user?: string; text: string }[];
}
/** An element at a version. */
export interface Reference {
  type: ElementType;
  id: number;
  version: number;
}
export const keyOf = ({ type, id }: { type: ElementType; id: number }): string => `${type}/${id}`;

const json = async <T>(address: string, signal?: AbortSignal): Promise<T> => (await (await reach(address, { headers: { accept: 'application/json' } }, signal)).json()) as T;
const API = '/api/0.6';
/** So many are asked for in one request, whose address has its limits. */
const AT_ONCE = 250;

/** What is in a box now. */
export const mapIn = async (box: Bbox, signal?: AbortSignal): Promise<OsmElement[]> => (await json<{ elements: OsmElement[] }>(`${API}/map.json?bbox=${box.map((one) => one.toFixed(7)).join(',')}`, signal)).elements;

/** Changesets that touch a box and were closed after an instant, or are open; the newest first, a hundred at most. */
export const changesetsIn = async (box: Bbox, since: string, signal?: AbortSignal): Promise<Changeset[]> =>
  (await json<{ changesets: Changeset[] }>(`${API}/changesets.json?${new URLSearchParams({ bbox: box.map((one) => one.toFixed(7)).join(','), time: since })}`, signal)).changesets;

/** A changeset with what was said of it. */
export const discussed = async (id: number): Promise<Changeset> => (await json<{ changeset: Changeset }>(`${API}/changeset/${id}.json?include_discussion=true`)).changeset;

export async function discuss(ask: Ask, id: number, text: string): Promise<void> {
  await reach(`${API}/changeset/${id}/comment`, { method: 'POST', headers: { accept: 'application/json', ...ask.mark() }, body: new URLSearchParams({ text }) });
}

/** Which elements a changeset made, at which versions. */
export async function changedBy(id: number, signal?: AbortSignal): Promise<Reference[]> {
  const text = await (await reach(`${API}/changeset/${id}/download`, { headers: { accept: 'application/xml' } }, signal)).text();
  const document = new DOMParser().parseFromString(text, 'application/xml');
  return [...document.querySelectorAll('osmChange > * > *')].map((one) => ({ type: one.tagName as ElementType, id: Number(one.getAttribute('id')), version: Number(one.getAttribute('version')) }));
}

/** Elements, at the versions that are said, or as they are now. */
export async function elements(wanted: readonly { type: ElementType; id: number; version?: number }[], signal?: AbortSignal): Promise<OsmElement[]> {
  const found: OsmElement[] = [];
  for (const type of ['node', 'way', 'relation'] as const) {
    const said = wanted.filter((one) => one.type === type).map((one) => `${one.id}${one.version === undefined ? '' : `v${one.version}`}`);
    for (let from = 0; from < said.length; from += AT_ONCE) {
      found.push(...(await json<{ elements: OsmElement[] }>(`${API}/${type}s.json?${type}s=${said.slice(from, from + AT_ONCE).join(',')}`, signal)).elements);
    }
  }
  return found;
}
