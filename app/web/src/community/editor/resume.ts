import { entityOf, readElements, type Editor, type Entity, type Graph } from './id';
import type { Element, OsmChange } from './osm-change';

/** An element that somebody else has changed, or removed, since the draft was begun. */
export interface Conflict {
  mine: Element;
  /** True where the draft removes it. */
  removes: boolean;
  /** As it is now; null where it was removed. */
  theirs: Entity | null;
}
/** A draft beside what the server has now. */
export interface Compared {
  change: OsmChange;
  now: Map<string, Entity>;
  conflicts: Conflict[];
}
export type Choice = 'mine' | 'theirs';

/** Compares a draft with the map as it is now: what it changed may have been changed by others since. */
export async function compare(editor: Editor, change: OsmChange): Promise<Compared> {
  const touched = [...change.modified, ...change.deleted];
  const wanted = new Set(touched.map((one) => one.id));
  for (const one of [...change.created, ...change.modified]) {
    for (const id of [...(one.nodes ?? []), ...(one.members ?? []).map((member) => member.id)]) if (!id.includes('-')) wanted.add(id);
  }
  const now = await readElements(editor, [...wanted]);
  const corners = [...now.values()].flatMap((one) => (one.visible === false ? [] : (one.nodes ?? []))).filter((id) => !now.has(id));
  for (const [id, node] of await readElements(editor, [...new Set(corners)])) now.set(id, node);
  const conflicts = touched.flatMap((mine): Conflict[] => {
    const removes = change.deleted.includes(mine);
    const theirs = standing(now, mine.id);
    if (removes && !theirs) return [];
    return theirs && Number(theirs.version) === mine.version ? [] : [{ mine, removes, theirs }];
  });
  return { change, now, conflicts };
}

/**
 * Puts a draft back into the editor as one step that can be undone. Of what others have changed since, the choice says
 * whose stays; what they removed and the draft still needs is drawn anew.
 */
export function resume(editor: Editor, { change, now, conflicts }: Compared, choiceOf: (conflict: Conflict) => Choice, annotation: string): void {
  const { context } = editor;
  context.history().merge([...now.values()].filter((one) => one.visible !== false));
  const leftOut = new Set(conflicts.filter((one) => choiceOf(one) === 'theirs').map((one) => one.mine.id));
  const ids = new Map<string, string>();
  const created = [...change.created, ...change.modified.filter((one) => !leftOut.has(one.id) && !standing(now, one.id))];
  const order = { node: 0, way: 1, relation: 2 };
  context.perform((graph) => {
    let next = graph;
    for (const one of [...created].sort((a, b) => order[a.kind] - order[b.kind])) {
      const entity = entityOf(editor, translated(one, ids));
      ids.set(one.id, entity.id);
      next = next.replace(entity);
    }
    for (const one of change.modified) {
      const base = next.hasEntity(one.id);
      if (leftOut.has(one.id) || ids.has(one.id) || !base) continue;
      const { tags, loc, nodes, members } = translated(one, ids);
      next = next.replace(base.update({ tags, ...(loc ? { loc } : {}), ...(nodes ? { nodes: present(nodes, next) } : {}), ...(members ? { members: members.filter((member) => member.id) } : {}) }));
    }
    for (const one of change.deleted) {
      const base = next.hasEntity(one.id);
      if (base && !leftOut.has(one.id)) next = next.remove(base);
    }
    return next;
  }, annotation);
}

/** In the middle of what a draft changes; null where it says no place. */
export function middleOf({ change, now }: Compared): [number, number] | null {
  const touched = [...change.created, ...change.modified];
  const nodes = touched.flatMap((one) => one.nodes ?? []).map((id) => now.get(id));
  const places = [...touched, ...nodes].flatMap((one) => (one?.loc ? [one.loc] : []));
  if (places.length === 0) return null;
  const mid = (axis: 0 | 1) => {
    const along = places.map((one) => one[axis]);
    return (along.reduce((a, b) => Math.min(a, b)) + along.reduce((a, b) => Math.max(a, b))) / 2;
  };
  return [mid(0), mid(1)];
}

const standing = (now: Map<string, Entity>, id: string): Entity | null => {
  const one = now.get(id);
  return one && one.visible !== false ? one : null;
};

/** Nodes of a way that others removed cannot be kept; the way keeps the rest of its line. */
const present = (nodes: string[], graph: Graph) => nodes.filter((id) => graph.hasEntity(id));

function translated(one: Element, ids: Map<string, string>): Element {
  const said = (id: string) => ids.get(id) ?? id;
  return {
    ...one,
    ...(one.nodes ? { nodes: one.nodes.map(said) } : {}),
    ...(one.members ? { members: one.members.map((member) => ({ ...member, id: said(member.id) })) } : {}),
  };
}
