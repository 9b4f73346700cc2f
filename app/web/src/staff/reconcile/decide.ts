import { path } from '../ask';
import type { Desk } from '../desk.svelte';
import type { Group, Reconciliation } from './answers';

/** Settles groups, says so, and offers the way back: null opens them again. */
export async function decide(desk: Desk, reconciliation: string, groups: readonly Group[], same: boolean | null, note: string | null, changed: (value: Reconciliation) => void, undone: () => void): Promise<boolean> {
  const items = groups.map(({ n, members }) => ({ n, members: members.map(({ layer, feature }) => ({ layer, feature })), same, note }));
  const answer = await desk.doing(desk.ask.post<Reconciliation>(path('/api/reconciliations/{}/decisions', reconciliation), { items }));
  if (!answer) return false;
  changed(answer.value);
  if (same !== null) {
    const text = desk.say.count(same ? 'rec_settled_same' : 'rec_settled_apart', groups.length);
    desk.tell(text, { text: desk.say.text('rec_undo'), run: () => void decide(desk, reconciliation, groups, null, null, changed, undone).then((done) => done && undone()) });
  }
  return true;
}
