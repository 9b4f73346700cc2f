import type { Bbox } from '../../api';

/** What the server says of versions brought together, and of checks between layers. */
export interface Member {
  layer: string;
  title: string;
  key: string | null;
  name: string | null;
}
export type ReconciliationState = 'new' | 'running' | 'ready' | 'published' | 'failed';
export interface Reconciliation {
  id: string;
  title: string;
  kind: 'crosswalk' | 'join';
  members: Member[];
  state: ReconciliationState;
  counts: { matched?: number; doubtful?: number; settled?: number; onlyIn: Record<string, number> } | null;
  /** Whose word holds: chosen by someone, or proposed. */
  authority: Record<string, string>;
  /** Attributes whose authority someone chose; the others are proposed. */
  chosen?: string[];
  /** What links each pair of layers: how their keys fit. */
  comparisons?: { layers: string[]; keys: string; names: boolean }[];
  problem?: string | null;
  merged: string | null;
  crosswalk: string | null;
  updated: string | null;
}
export interface GroupMember {
  layer: string;
  feature: string | number;
  key: string | null;
  name: string | null;
  bbox: Bbox | null;
  areaM2: number | null;
}
export interface Difference {
  attribute: string;
  label?: string;
  values: Record<string, unknown> | null;
  meters: number | null;
  areaM2: number | null;
}
export interface Group {
  n: number;
  state: 'matched' | 'doubtful' | 'settled' | 'single';
  score: number | null;
  members: GroupMember[];
  evidence: { kind: 'key' | 'name' | 'geometry'; text: string; score: number | null }[];
  differences: Difference[];
  /** Of a settled group: what was decided, and why. */
  same?: boolean | null;
  note?: string | null;
}
export interface Attribute {
  attribute: string;
  label: string;
  fields: Record<string, string>;
  agree: number;
  differ: number;
  missing: Record<string, number>;
}

/** The value that an attribute of a group has in the merged layer, and whose it is; null where nobody was chosen, or the chosen one has no such thing. */
export function resultOf(group: Group, difference: Difference, authority: Record<string, string>): { layer: string; value: unknown } | null {
  const layer = authority[difference.attribute];
  if (!layer || !group.members.some((member) => member.layer === layer)) return null;
  const values = difference.values;
  if (values === null) return { layer, value: undefined };
  const value = values[layer];
  if (value !== null && value !== undefined && value !== '') return { layer, value };
  // who is right and silent is followed by whoever says something
  const other = group.members.find((member) => values[member.layer] !== null && values[member.layer] !== undefined && values[member.layer] !== '');
  return other ? { layer: other.layer, value: values[other.layer] } : { layer, value: null };
}

/** The box around all of them, with some air; null where none has a place. */
export function around(members: readonly { bbox: Bbox | null }[]): Bbox | null {
  const boxes = members.flatMap(({ bbox }) => (bbox ? [bbox] : []));
  if (boxes.length === 0) return null;
  const box: Bbox = [Math.min(...boxes.map((b) => b[0])), Math.min(...boxes.map((b) => b[1])), Math.max(...boxes.map((b) => b[2])), Math.max(...boxes.map((b) => b[3]))];
  const air = Math.max((box[2] - box[0]) * 0.15, (box[3] - box[1]) * 0.15, 0.0004);
  return [box[0] - air, box[1] - air, box[2] + air, box[3] + air];
}

/** The attributes in which a group's members differ, names and places beside the rest. */
export const valuesOf = (difference: Difference, group: Group): unknown[] => group.members.map((member) => difference.values?.[member.layer] ?? null);
