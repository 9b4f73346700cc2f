import type { Bbox } from '../../api';
import type { TaskEvent } from '../api';
import { byKey, compare, type Change, type Elements, versionsBefore } from './compare';
import { changedBy, changesetsIn, elements, keyOf, mapIn, type Changeset } from './osm';

/** A part of the map as it was before somebody mapped it, and as it is. */
export interface Comparison {
  changesets: Changeset[];
  /** False where there were more changesets than are looked at. */
  isWhole: boolean;
  before: Elements;
  after: Elements;
  changes: Change[];
}
const MOST = 40;

/** When the mapping that is to be judged began: the first lock after the task was found good for the last time; null where nobody took it. */
export function beginOf(history: readonly TaskEvent[]): string | null {
  let begin: string | null = null;
  // the latest stands first
  for (const one of history) {
    if (one.action === 'STATE_CHANGE' && one.actionText === 'VALIDATED') break;
    if (one.action === 'LOCKED_FOR_MAPPING') begin = one.actionDate;
  }
  return begin;
}

/** Reads both sides: what changed since an instant is what changesets say that touch the box. */
export async function readComparison(box: Bbox, since: string, signal: AbortSignal): Promise<Comparison> {
  const [now, all] = await Promise.all([mapIn(box, signal), changesetsIn(box, since, signal)]);
  const changesets = all.slice(0, MOST);
  const changes = (await Promise.all(changesets.map((one) => changedBy(one.id, signal)))).flat();
  const first = versionsBefore(changes);
  const [older, newer] = await Promise.all([
    elements([...first.values()].filter((one) => one.version > 0), signal),
    elements([...first.values()].filter((one) => !now.some((each) => each.type === one.type && each.id === one.id)).map(({ type, id }) => ({ type, id })), signal),
  ]);
  const after = byKey([...now, ...newer]);
  const before = new Map(after);
  for (const key of first.keys()) before.delete(key);
  for (const one of older) before.set(keyOf(one), one);
  // corners of what was that lie outside, or are gone
  const missing = [...new Set([...before.values(), ...after.values()].flatMap((one) => one.nodes ?? []))].filter((id) => !after.has(`node/${id}`) && !before.has(`node/${id}`));
  for (const one of await elements(missing.map((id) => ({ type: 'node' as const, id })), signal)) {
    after.set(keyOf(one), one);
    if (!first.has(keyOf(one))) before.set(keyOf(one), one);
  }
  return { changesets, isWhole: all.length <= MOST, before, after, changes: compare(before, after, new Set(first.keys()), box) };
}
