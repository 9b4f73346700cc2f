/** What the privacy desk asks and hears. */
export type RequestKind = 'access' | 'rectification' | 'cancellation' | 'opposition';
export const REQUEST_KINDS: RequestKind[] = ['access', 'rectification', 'cancellation', 'opposition'];
export type RequestState = 'open' | 'blocked' | 'erased' | 'answered';
export interface Case {
  id: string;
  kind: RequestKind;
  state: RequestState;
  subject: { name: string; identifiers: string[] };
  received: string;
  due: string;
  /** The rule of law that made the due date. */
  rule?: string | null;
  answer?: string | null;
  /** Where the gathered records wait to be downloaded. */
  export?: string | null;
  log?: { at: string; text: string }[];
}
export interface Held {
  layer: string;
  title?: string;
  feature: string | number;
  fields: (string | { name: string; label?: string; value?: unknown })[];
}
export interface Retention {
  layer: string | null;
  source?: string | null;
  title?: string;
  rule: RetentionRule | null;
  dueCount: number | null;
  next: string | null;
}
export interface RetentionRule {
  period: string;
  from: string | null;
  then: 'block' | 'erase';
}
export interface Access {
  at: string;
  actor: string;
  name?: string;
  layer: string;
  feature: string | number | null;
  fields: string[];
  reason: string | null;
}
export interface Breach {
  from: string;
  to: string;
  fields: { layer: string; title?: string; name: string; label?: string; dataClass?: string }[];
  people: number | null;
  accesses: number;
  timeline: { at: string; actor?: string | null; text: string }[];
  laws: (string | { country?: string; text: string; due?: string | null })[];
}

/** How urgent a request is: whole days until it is due, below zero when late; null once it is done. */
export function daysLeft(one: Pick<Case, 'due' | 'state'>, now: number): number | null {
  if (one.state === 'answered' || one.state === 'erased') return null;
  const left = (Date.parse(one.due) - now) / 86_400_000;
  return Number.isNaN(left) ? null : Math.floor(left);
}

/** The most urgent first; what is done stands last. */
export function byUrgency(now: number): (a: Case, b: Case) => number {
  return (a, b) => (daysLeft(a, now) ?? Infinity) - (daysLeft(b, now) ?? Infinity) || a.due.localeCompare(b.due);
}
