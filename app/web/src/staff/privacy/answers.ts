/** What the privacy desk asks and hears. */
export type RequestKind = 'access' | 'rectification' | 'cancellation' | 'opposition';
export const REQUEST_KINDS: RequestKind[] = ['access', 'rectification', 'cancellation', 'opposition'];
export type RequestState = 'received' | 'blocked' | 'erased' | 'answered';
export interface Case {
  id: string;
  kind: RequestKind;
  state: RequestState;
  subject: { name: string; identifiers: string[] };
  received: string;
  due: string;
  /** The law that made the due date, where it can be read, and whether a lawyer confirmed it. */
  law?: string | null;
  source?: string | null;
  confirmed?: boolean;
  overdue?: boolean;
  answer?: string | null;
  steps?: { at: string; actor: string; what: string }[];
  may: ('export' | 'block' | 'erase' | 'answer')[];
}
export interface Held {
  layer: string;
  title?: string;
  feature: string | number;
  fields: (string | { name: string; label?: string; value?: unknown })[];
}
export interface Retention {
  layer: string;
  rule: RetentionRule | null;
  dueCount: number | null;
  next: string | null;
}
/** How long a layer keeps what it says of people: counted from a field's day, then blocked, then erased. */
export interface RetentionRule {
  dateField: string;
  days: number;
  blockedDays: number;
  fields: string[];
  basis: string;
}
export interface Access {
  number: number;
  at: string;
  actor: string;
  layer: string;
  fields: string[];
  features: number;
  reason: string;
}
/** What a notice of a breach needs; the law's words come from the city's own pack. */
export interface Breach {
  from: string;
  to: string;
  people: number;
  accesses: number;
  fields: Record<string, string[]>;
  timeline: { at: string; actor: string; layer: string; fields: string[]; people: number; reason: string }[];
  law: string;
  source: string;
  confirmed: boolean;
  due: string;
  within: string;
  tell: string;
  notification: string;
}
export interface Classes {
  layer: string;
  title: string;
  aboutPeople: boolean;
  fields: { name: string; label: string; dataClass: string }[];
}

/** How urgent a request is: whole days until it is due, below zero when late; null once it is done. */
export function daysLeft(one: Pick<Case, 'due' | 'state'>, now: number): number | null {
  if (one.state === 'answered' || one.state === 'erased') return null;
  // a bare date is due until that day ends
  const due = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(one.due) ? `${one.due}T23:59:59` : one.due);
  const left = (due - now) / 86_400_000;
  return Number.isNaN(left) ? null : Math.floor(left);
}

/** The most urgent first; what is done stands last. */
export function byUrgency(now: number): (a: Case, b: Case) => number {
  return (a, b) => (daysLeft(a, now) ?? Infinity) - (daysLeft(b, now) ?? Infinity) || a.due.localeCompare(b.due);
}
