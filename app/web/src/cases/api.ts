import type { Given } from '../procedures/api';

/** What the server says of case files, as its OpenAPI document has it; instants are ISO 8601, days calendar days of the office. */
export interface CaseFile {
  id: string;
  version: number;
  state: CaseState;
  procedure: string;
  name: string | null;
  /** True where it is a service request, which is done or not, and not granted. */
  report: boolean;
  folio: string | null;
  filed: string | null;
  office: string | null;
  officer: string | null;
  due: Due | null;
  payment: Payment | null;
  /** What the office asked to be completed. */
  asked: string | null;
  end: End | null;
  inputs: Record<string, Given | null>;
  opinions: Opinion[];
  visits: Visit[];
}
export type CaseState = 'draft' | 'awaiting-payment' | 'filed' | 'under-review' | 'prevented' | 'fulfilled' | 'granted' | 'refused' | 'fell-silent' | 'not-presented' | 'withdrawn' | 'archived';
export const STATES: readonly CaseState[] = ['draft', 'awaiting-payment', 'filed', 'under-review', 'prevented', 'fulfilled', 'granted', 'refused', 'fell-silent', 'not-presented', 'withdrawn', 'archived'];
/** The last day of a term and the moment after it; without a day it stands still, and `left` are the days then. */
export interface Due {
  day: string | null;
  end: string | null;
  left: number | null;
  steps: { from: string; to: string; kind: string; text: string }[];
}
export interface Payment {
  reference: string;
  amount: string;
  currency: string;
  until: string;
  /** True where no money is taken. */
  trial: boolean;
}
export interface End {
  at: string;
  written: string | null;
  effect: 'none' | 'negative' | 'positive' | 'on-filing' | null;
  reasons: string | null;
  /** What may be done against it, where anything is known. */
  appeal?: Appeal | null;
}
export interface Appeal {
  says: string;
  law: string;
  confirmed: boolean;
}
export interface Opinion {
  office: string;
  asked: string;
  question: string;
  pauses: boolean;
  given: string | null;
  favourable: boolean | null;
  text: string | null;
}
export interface Visit {
  at: string;
  by: string;
  note: string;
  longitude: number | null;
  latitude: number | null;
  photos: number[];
}
export interface Step {
  version: number;
  at: string;
  since: string;
  actor: string;
  /** The absent officer for whom the actor acted. */
  behalf?: string | null;
  verb: string;
  note: string;
}
export interface Attachment {
  number: number;
  name: string;
  type: string;
  bytes: number;
  at: string;
}
export interface Terms {
  office: string;
  fee: string;
  currency: string;
  objections: string[];
  due: Due | null;
}

/** True where the applicant has something to do. */
export const isAwaited = (file: CaseFile): boolean => file.state === 'draft' || file.state === 'awaiting-payment' || file.state === 'prevented' || file.state === 'fulfilled';
/** True while the office has it. */
export const isOpen = (file: CaseFile): boolean => file.state === 'filed' || file.state === 'under-review' || file.state === 'prevented' || file.state === 'fulfilled';

/** An identifier nobody else has, chosen here so that saving twice is saving once. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
