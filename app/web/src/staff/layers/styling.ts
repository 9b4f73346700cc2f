import type { Field, Layer, Values } from '../../api';
import { iconOf, plainLook, shapeOf, type Look, type LookClass, type Names } from '../../map/look';
import { overlayLayers } from '../../map/style';
import { breaks, type Method } from './breaks';
import { colorsOf, KINDS, type Ramp } from './ramps';

/** What a steward chose of how a layer is drawn; the look is made from it and the layer's values. */
export interface Draft {
  by: 'single' | 'kinds' | 'numbers';
  color: string;
  field: string | null;
  method: Method;
  classes: number;
  ramp: Ramp;
  reversed: boolean;
  /** Colours that someone chose for kinds by hand, by the kind's value. */
  colors: Record<string, string>;
  /** Field whose values stand beside the things. */
  label: string | null;
  icon: string | null;
  zooms: [from: number, to: number];
  /** Limits between classes that someone wrote down. */
  limits?: number[];
  /** True where points are a glow that grows where they are dense. */
  heat?: boolean;
  opacity?: number;
  /** How names are written, where not as on every layer. */
  names?: Names;
}

/** How a layer is drawn, as it is kept and handed out: MapLibre layers for any reader, and what our own map and legend are made from. */
export interface Style {
  version: 8;
  layers: unknown[];
  metadata: { 'tequio:look': Look; 'tequio:draft': Draft };
}

export const MOST_KINDS = 12;
export const MOST_ZOOM = 20;
const OTHERS = '#9a9298';

export function firstDraft(layer: Layer): Draft {
  const plain = plainLook(layer);
  return { by: 'single', color: plain.color, field: null, method: 'quantile', classes: 5, ramp: 'sea', reversed: false, colors: {}, label: null, icon: iconOf(layer), zooms: [0, MOST_ZOOM] };
}

/** What was chosen before, or null where the style came from elsewhere. */
export function draftOf(style: unknown): Draft | null {
  const draft = (style as Style | null)?.metadata?.['tequio:draft'];
  return draft && typeof draft === 'object' && ['single', 'kinds', 'numbers'].includes(draft.by) ? draft : null;
}

export const isNumber = (field: Field): boolean => /int|real|double|number|decimal|float/i.test(field.type);

/**
 * The look that a draft makes of a layer.
 *
 * @param values of the draft's field; null where it has none, or they have not come yet
 * @param numbers how a number is written for people
 */
export function lookOf(layer: Layer, draft: Draft, values: Values | null, numbers: (value: number) => string): Look {
  const base: Look = { color: draft.color, field: null, fieldLabel: null, classes: [], ordered: false, others: false, icon: draft.by === 'single' ? draft.icon : null, label: draft.label, zooms: draft.zooms, ...(draft.heat && shapeOf(layer) === 'point' ? { heat: true } : {}), ...(draft.opacity !== undefined && draft.opacity < 1 ? { opacity: draft.opacity } : {}), ...(draft.label && draft.names ? { names: draft.names } : {}) };
  const field = layer.fields.find((one) => one.name === draft.field);
  if (draft.by === 'single' || !field || !values) return base;
  const present = values.values.filter((one) => one.value !== null && one.value !== undefined && one.value !== '');
  const found = { ...base, field: field.name, fieldLabel: field.label };
  return draft.by === 'kinds' ? byKind(found, draft, present, present.length < values.values.length || values.truncated) : byNumber(found, draft, field, present, present.length < values.values.length || values.truncated, numbers);
}

function byKind(base: Look, draft: Draft, present: Values['values'], others: boolean): Look {
  const most = [...present].sort((a, b) => b.count - a.count).slice(0, MOST_KINDS);
  const classes = most.map((one, i): LookClass => ({ label: one.label, color: draft.colors[String(one.value)] ?? KINDS[i % KINDS.length]!, values: [one.value as string | number | boolean], range: null, count: one.count }));
  return { ...base, color: OTHERS, classes, others: others || most.length < present.length };
}

function byNumber(base: Look, draft: Draft, field: Field, present: Values['values'], others: boolean, numbers: (value: number) => string): Look {
  const tallies = present.flatMap((one) => (typeof one.value === 'number' ? [[one.value, one.count] as const] : []));
  const cuts = breaks(draft.method, tallies, draft.classes, draft.limits);
  const colors = colorsOf(draft.ramp, cuts.length, draft.reversed);
  const most = Math.max(...tallies.map(([value]) => value));
  const unit = field.unit ? ` ${field.unit}` : '';
  const classes = cuts.map((from, i): LookClass => {
    const below = cuts[i + 1] ?? Infinity;
    const last = below === Infinity;
    const count = tallies.reduce((sum, [value, n]) => (value >= from && value < below ? sum + n : sum), 0);
    const to = last ? most : below;
    return { label: `${to === from ? numbers(from) : `${numbers(from)} – ${numbers(to)}`}${unit}`, color: colors[i]!, values: null, range: [from, below], count };
  });
  return { ...base, color: OTHERS, classes, ordered: true, others: others || tallies.length < present.length };
}

export function styleOf(layer: Layer, draft: Draft, look: Look): Style {
  return { version: 8, layers: overlayLayers(layer, look), metadata: { 'tequio:look': look, 'tequio:draft': draft } };
}
