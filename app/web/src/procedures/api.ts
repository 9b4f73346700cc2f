import { reach } from '../api';

/** What the server says of procedures, as its OpenAPI document has it. */
export interface Summary {
  id: string;
  name: string;
  description: string;
  kind: Kind;
  kindTitle: string;
  handling: 'instant' | 'assisted' | 'judged' | 'dispatched';
  handlingTitle: string;
  office: Office;
  toBeConfirmed: boolean;
}
export type Kind = 'query' | 'certificate' | 'notice' | 'registration' | 'licence' | 'ruling' | 'service-request';
export interface Office {
  id: string;
  name: string;
}
export interface Reference {
  id: string;
  name: string;
}
export interface Basis {
  law: string;
  source: string | null;
  noted: string | null;
  confirmed: boolean;
}
export interface Question {
  id: string;
  type: 'place' | 'number' | 'whole' | 'text' | 'choice' | 'code' | 'date' | 'yes-no';
  question: string;
  help: string | null;
  required: boolean;
  when: string | null;
  shape: 'point' | 'line' | 'polygon' | 'parcel' | null;
  unit: string | null;
  min: number | null;
  max: number | null;
  longest: number | null;
  choices: { value: string; label: string }[] | null;
}
export interface Paper {
  id: string;
  name: string;
  producedBy: Reference[];
}
export interface Whole extends Summary {
  who: string;
  inputs: Question[];
  documents: Paper[];
  rules: { id: string; question: string; layers: string[]; effect: string; basis: Basis }[];
  fee: { kind: 'free' | 'unstated' | 'formula'; formula: string | null; currency: string | null; basis: Basis };
  deadline: { amount: number; unit: 'business-days' | 'calendar-days' | 'hours'; from: string; basis: Basis } | null;
  silence: { effect: 'none' | 'negative' | 'positive' | 'on-filing'; basis: Basis };
  steps: { id: string; name: string; role: string }[];
  result: { name: string; validity: string | null; basis: Basis };
  sources: string[];
}
export interface Evidence {
  standard: string;
  layer: string | null;
  title: string | null;
  revision: number;
  date: string | null;
  features: { id: number; key: string | null; read: Record<string, unknown> }[];
}
export interface RuleAnswer {
  id: string;
  question: string;
  answer: 'applies' | 'does-not-apply' | 'no-data-here' | 'could-not-ask';
  says: string;
  missing: string | null;
  effect: string;
  target: string | null;
  basis: Basis;
  evidence: Evidence[];
}
export interface Fact {
  id: string;
  label: string;
  value: unknown;
  unit: string | null;
  says: string | null;
  missing: string | null;
  evidence: Evidence[];
}
export interface Answer {
  procedure: string;
  name: string;
  day: string;
  revision: number;
  parcel: Evidence | null;
  outcome: 'possible' | 'not-possible' | 'undecided';
  issuable: boolean;
  toBeConfirmed: boolean;
  rules: RuleAnswer[];
  facts: Fact[];
  fee: { free: boolean; amount: string | null; currency: string | null; says: string | null; confirmed: boolean };
  office: Office | null;
  further: Reference[];
  papers: string[];
  documents: Paper[];
}
/** What somebody answered to one question. */
export type Given = GeoJSON.Geometry | string | number | boolean;

/** The page's path of a procedure: an address with a point in it would be a file. */
export const pathOf = (id: string): string => `/procedures/${id.replace('.', '-')}`;
export const idOf = (segment: string): string => segment.replace('-', '.');

const headers = { accept: 'application/json' };

export async function procedures(lang: string): Promise<Summary[]> {
  const response = await reach(`/api/procedures?lang=${lang}`, { headers });
  return ((await response.json()) as { procedures: Summary[] }).procedures;
}

export async function procedure(id: string, lang: string): Promise<Whole> {
  return (await reach(`/api/procedures/${encodeURIComponent(id)}?lang=${lang}`, { headers })).json() as Promise<Whole>;
}

/** Asks the map; nothing is kept there, and it is not told who asks. */
export async function ask(id: string, inputs: Record<string, Given>, lang: string): Promise<Answer> {
  const response = await reach(`/api/procedures/${encodeURIComponent(id)}/answer?lang=${lang}`, {
    method: 'POST',
    credentials: 'omit',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ inputs }),
  });
  return response.json() as Promise<Answer>;
}
