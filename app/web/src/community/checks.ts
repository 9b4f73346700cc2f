import { reach } from '../api';
import type { Ask } from '../staff/ask';
import { path } from '../staff/ask';

/** Something on the community map that is probably wrong, in the reader's language. */
export interface Finding {
  rule: string;
  severity: 'error' | 'warning' | 'note';
  title: string;
  detail: string;
  advice: string;
  /** Such as `way/12`; a negative number was not uploaded yet. */
  elements: string[];
  lon: number;
  lat: number;
  isNew: boolean;
}
export interface CheckReport {
  findings: Finding[];
  counts: Record<Finding['severity'], number>;
  /** How many came by the edits that were asked about. */
  fresh: number;
  /** False where something was too tangled to be looked at to the end. */
  isWhole: boolean;
}
/** What is looked at: the ground of a task as the map stands, or edits that were not uploaded, as an osmChange document. */
export type CheckTarget = { project: number; task: number } | { change: string };

/** Asks the server what is probably wrong. Nothing is changed by it. */
export async function readChecks(ask: Ask, target: CheckTarget): Promise<CheckReport> {
  if ('project' in target) return ask.get<CheckReport>(path('/api/v2/projects/{}/tasks/{}/checks/', target.project, target.task), { since: 'lock' });
  const response = await reach(ask.address('/api/map/checks', {}), { method: 'POST', headers: { accept: 'application/json', 'content-type': 'application/xml', ...ask.mark() }, body: target.change });
  return (await response.json()) as CheckReport;
}
