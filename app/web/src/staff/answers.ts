/** What the server says to those who sign in, as its OpenAPI document says it; instants are ISO 8601. */
import type { Bbox } from '../api';

export interface Named {
  id: string;
  name: string;
}
export interface Titled {
  id: string;
  title: string;
}
export interface Holding {
  role: string;
  organisation: Named | null;
}
export interface Account {
  id: string;
  name: string;
  email: string;
  language: string;
  roles: Holding[];
  mail?: boolean;
}
export interface Session {
  account: Account | null;
  csrf: string | null;
  can: string[];
  providers: { id: string; title: string; href: string }[];
  setup: boolean;
}
export interface Notice {
  id: string;
  at: string;
  kind: string;
  title: string;
  text: string;
  link: string;
  read: boolean;
}
export interface OpenSession {
  id: string;
  agent: string;
  created: string;
  seen: string;
  current: boolean;
}
export interface Job {
  id: string;
  kind: string;
  title: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  step: string;
  done: number;
  total: number;
  result: unknown;
  problem: { title?: string; detail?: string; status?: number } | null;
}

export type SubmissionState = 'checking' | 'draft' | 'in-review' | 'changes-requested' | 'published' | 'rejected' | 'withdrawn' | 'failed';
export type Verb = 'submit' | 'withdraw' | 'approve' | 'request-changes' | 'reject' | 'settle' | 'recheck';
export type ChangeKind = 'added' | 'removed' | 'geometry' | 'attributes' | 'both' | 'doubtful';
/** How many of each kind; between two revisions nothing is doubtful, and that is not said. */
export type Summary = Record<Exclude<ChangeKind, 'doubtful'>, number> & { unchanged: number; doubtful?: number };
export interface SubmittedLayer {
  layer: string;
  title: string;
  outcome: 'new' | 'replaced' | 'unchanged';
  count: number;
  summary: Summary;
  schema: { kind: 'added' | 'removed' | 'type'; field: string; from: string | null; to: string | null }[];
  alarms: { code: string; text: string }[];
}
export interface Submission {
  id: string;
  title: string;
  department: Named | null;
  layer: Titled | null;
  author: Named;
  state: SubmissionState;
  created: string;
  updated: string;
  message: string | null;
  source: string;
  revision: number | null;
  baseRevision: number | null;
  layers?: SubmittedLayer[];
  findings: { errors: number; warnings: number; notes: number } | null;
  mayAutoPublish?: boolean;
  reasons?: string[];
  may: Verb[];
}
export interface Side {
  id: string;
  key: unknown;
  properties: Record<string, unknown>;
  bbox: Bbox | null;
}
export interface Change {
  n: string;
  kind: ChangeKind;
  before: Side | null;
  after: Side | null;
  fields: { name: string; label: string; before: unknown; after: unknown }[];
  movedMeters: number | null;
  areaChangeM2: number | null;
  score: number | null;
  evidence: string | null;
}
export interface Comment {
  id: string;
  at: string;
  author: Named;
  text: string;
}
export interface Revision {
  number: number;
  instant: string;
  author: string;
  source: string | null;
  message: string;
  layers: string[];
  undoable: boolean;
}
