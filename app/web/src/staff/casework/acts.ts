import type { CaseFile } from '../../cases/api';
import type { Desk } from '../desk.svelte';
import { officesOf } from './office.svelte';

/** What an officer may do with a case, in the order of the buttons. */
export type Act = 'take' | 'decide' | 'opine' | 'prevent' | 'ask' | 'visit' | 'give' | 'note' | 'archive';
/** The key that begins each; the same letters in every language, as the help sheet says them. */
export const KEYS: Partial<Record<string, Act>> = { t: 'take', d: 'decide', p: 'prevent', o: 'ask', v: 'visit', n: 'note' };

/** The office among somebody's own that still owes an opinion on a case. */
export const owedBy = (desk: Desk, file: CaseFile): string | null => file.opinions.find((one) => one.given === null && officesOf(desk).some((office) => office.id === one.office))?.office ?? null;

/** What can be done with a case where it stands; the server has the last word. */
export function actsOn(desk: Desk, file: CaseFile): Act[] {
  const acts: Act[] = [];
  const owns = officesOf(desk).some((one) => one.id === file.office);
  const open = file.state === 'filed' || file.state === 'under-review' || file.state === 'prevented';
  if (open && owedBy(desk, file)) acts.push('opine');
  if (!owns) return acts;
  if (open && file.officer !== desk.account?.id) acts.unshift('take');
  if (file.state === 'under-review' || (file.state === 'fell-silent' && file.end?.effect === 'negative')) acts.push('decide');
  if (file.state === 'under-review') acts.push('prevent', 'ask');
  if (open) acts.push('visit', 'give');
  if (file.folio !== null) acts.push('note');
  if (!open && file.state !== 'archived' && file.state !== 'draft' && file.state !== 'awaiting-payment') acts.push('archive');
  return acts;
}
