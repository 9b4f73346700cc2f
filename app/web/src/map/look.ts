import type { Field, Layer, Values } from '../api';

/** How one layer is drawn and, from the same facts, what its legend says. */
export interface Look {
  /** Colour of what no class takes, and of the whole layer where there are no classes. */
  color: string;
  field: string | null;
  /** Label of the field the classes come from. */
  fieldLabel: string | null;
  classes: LookClass[];
  /** True where the classes have an order, from little to much. */
  ordered: boolean;
  /** True where some things fall in none of the classes. */
  others: boolean;
  icon: string | null;
  /** Field whose values stand beside the things, where a steward chose one. */
  label?: string | null;
  /** Zooms between which the layer is drawn, where a steward chose them. */
  zooms?: [from: number, to: number];
  /** True where points are a glow that grows where they are dense. */
  heat?: boolean;
  /** Of the whole layer; 1 where nothing is said. */
  opacity?: number;
  /** How names are written, where a steward chose it. */
  names?: Names;
}
/** How the names beside things are written: height and halo in pixels, and from which zoom on. */
export interface Names {
  size: number;
  halo: number;
  from: number;
}
/** As they are written unless someone chose otherwise. */
export const namesOf = (layer: Layer, look: Look): Names => look.names ?? { size: 12.5, halo: 1.6, from: layer.count > 400 ? 14 : 11 };
/** From few to many, for any colour vision (magma). */
export const HEAT = ['#51127c', '#b63679', '#fb8861', '#fcfdbf'];
export interface LookClass {
  label: string;
  color: string;
  /** Either the values of the class, or its half-open range of numbers. */
  values: (string | number | boolean)[] | null;
  range: [from: number, below: number] | null;
  count: number;
}

const THEME_COLORS: Record<string, string> = {
  reference: '#5b6472', census: '#7a5195', cadastre: '#8a6d3b', planning: '#b5651d', heritage: '#8c510a', risk: '#b35806', climate: '#c46a1b', hydrography: '#2b7bba', water: '#1f78b4',
  environment: '#3d8b40', mobility: '#5e4fa2', facilities: '#00798c', economy: '#a6761d', public_space: '#3b6fb6', social: '#80588a', participation: '#2a8c82', community: '#c2005f', other: '#5b6472',
};
export const themeColor = (theme: string): string => THEME_COLORS[theme] ?? '#5b6472';

// ColorBrewer's sequential schemes for hazards (colour-blind safe), and Okabe and Ito's colours for kinds that have no order.
const SEQUENCES: Record<string, string[]> = {
  water: ['#c6dbef', '#9ecae1', '#6baed6', '#3182bd', '#08519c'],
  earth: ['#fee391', '#fec44f', '#fe9929', '#d95f0e', '#993404'],
  shake: ['#dadaeb', '#bcbddc', '#9e9ac8', '#756bb1', '#54278f'],
  people: ['#ccebc5', '#a8ddb5', '#7bccc4', '#43a2ca', '#0868ac'],
};
const KINDS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#a89c20', '#6a51a3', '#7f7f7f', '#8c6d31', '#17828a', '#b2478f'];
const OTHERS = '#9a9298';
const MOST_CLASSES = 12;

const sequenceFor = (layer: Layer): string[] => {
  const standard = layer.standard ?? '';
  if (/inunda|encharca|precip|agua|flood/.test(standard + layer.id)) return SEQUENCES['water']!;
  if (/sism|seismic/.test(standard + layer.id)) return SEQUENCES['shake']!;
  if (layer.theme === 'risk' || layer.theme === 'climate') return SEQUENCES['earth']!;
  return SEQUENCES['people']!;
};

const ICONS: Record<string, string> = {
  'eq.salud': 'hospital', 'eq.educ': 'school', 'eq.cultura': 'library', 'eq.mercado': 'grocery', 'eq.panteon': 'cemetery', 'eq.segur': 'police', 'mov.tp': 'bus', 'mov.estac': 'parking',
  'risk.refugio': 'shelter', 'her.inmueble': 'monument', 'agua.infra': 'water', 'amb.arbol': 'park', 'pub.obra': 'construction', 'eco.denue': 'shop', 'eco.estab': 'shop', 'mov.ciclovia': 'bicycle',
  'amb.residuos': 'waste-basket', 'risk.quimico': 'danger', 'amb.area_verde': 'garden',
};
export const iconOf = (layer: Layer): string | null => (layer.standard ? (ICONS[layer.standard] ?? null) : null);

/** What a layer calls its things, for labels on the map. */
export function nameField(layer: Layer): string | null {
  const wanted = [/^(nombre|nome|name|nom)$/i, /^(mercado|tianguis|escuela|inmueble|estacion|stop_name|panteon|hospital|parque)$/i, /^(nomgeo|colonia|nom_\w+|nombre_\w+|nome_\w+|barrio|denominacion|titulo)$/i, /^nom|nombre|nome$|name/i];
  for (const pattern of wanted) {
    const found = layer.fields.find((field) => isText(field) && pattern.test(field.name));
    if (found) return found.name;
  }
  return null;
}

/** The field that tells an avenue from an alley, where there is one. */
export const streetClassField = (layer: Layer): string | null =>
  layer.fields.find((field) => /^(tipo|tipo_?vial\w*|tipovial|clase|jerarquia|categoria|highway|fclass|tipo_via)$/i.test(field.name))?.name ?? null;

export const houseNumberField = (layer: Layer): string | null =>
  layer.fields.find((field) => /^(num_?ext|numext|numero|num|numero_porta|housenumber|addr_housenumber|no_ext)$/i.test(field.name))?.name ?? null;

const isText = (field: Field): boolean => /text|string|code/i.test(field.type);

const CLASS_WORDS: RegExp[] = [
  /intens|peligro|suscept|amenaza|^grado|^nivel_(riesgo|dano)|severidad|^cla_|rcla/i,
  /^(uso|zona|zonif|tipo|clase|categoria|giro|nivel)\w*_?desc/i,
  /riesgo|period_ret/i,
  /^(zona|uso|clase|tipo|categoria|nivel|estatus|estado|tema\w*|grupo|sistema|tecnologia|condicion|giro|sostenimiento|impacto|material|tratamiento)$/i,
  /^(zonifica\w*|uso_\w+|tipo_\w+|clase_\w+|categ\w*|niv\w*|est\w*)$/i,
  /^(especie|color|alcaldia|alc)$/i,
];

/** Fields worth asking the values of, best first, never more than three. */
export function classFields(layer: Layer): Field[] {
  const found: Field[] = [];
  for (const pattern of CLASS_WORDS) for (const field of layer.fields) if (pattern.test(field.name) && !found.includes(field)) found.push(field);
  return found.slice(0, 3);
}

/** The look of a layer before, or without, knowing the values of any field. */
export function plainLook(layer: Layer): Look {
  const hazard = layer.theme === 'risk' || layer.theme === 'climate';
  const standard = layer.standard ?? '';
  const color = hazard && !ICONS[standard] ? sequenceFor(layer)[3]! : /^amb\./.test(standard) ? '#3d8b40' : themeColor(layer.theme);
  return { color, field: null, fieldLabel: null, classes: [], ordered: false, others: false, icon: iconOf(layer) };
}

/** The look a steward chose, where there is one that this page can read. */
export function chosenLook(layer: Layer): Look | null {
  const look = layer.style?.metadata?.['tequio:look'] as Look | undefined;
  const isColor = (text: unknown): boolean => typeof text === 'string' && /^#[0-9a-f]{6}$/i.test(text);
  if (!look || !isColor(look.color) || !Array.isArray(look.classes) || !look.classes.every((one) => isColor(one.color) && typeof one.label === 'string')) return null;
  const { names, opacity, ...rest } = look;
  const within = (value: unknown, least: number, most: number): boolean => typeof value === 'number' && value >= least && value <= most;
  const kept = { ...rest, ...(names && within(names.size, 6, 40) && within(names.halo, 0, 10) && within(names.from, 0, 24) ? { names } : {}), ...(within(opacity, 0, 1) ? { opacity: opacity! } : {}) };
  // endless does not survive JSON
  return { ...kept, classes: look.classes.map((one) => ({ ...one, range: one.range && [one.range[0], one.range[1] ?? Infinity] })) };
}

/** On a dark ground little is dark and much is bright, so an ordered look turns its colours round. */
export function lookOn(dark: boolean, look: Look): Look {
  if (!dark || !look.ordered) return look;
  const colors = look.classes.map((one) => one.color).reverse();
  return { ...look, classes: look.classes.map((one, i) => ({ ...one, color: colors[i]! })) };
}

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
const LADDER = [/^(muy baj|very low|muito baix|nul|sin )/, /^(baj|low|baix|lev|menor)/, /^(medi|moder|mid|regular)/, /^(alt|high|may|grave)/, /^(muy alt|very high|muito alt|extrem|critic)/];
const ROMAN = ['0', 'i', 'ii', 'iii', 'iiia', 'iiib', 'iiic', 'iiid', 'iv', 'v', 'vi'];
const rung = (value: unknown, hazard: boolean): number => {
  if (typeof value === 'number') return value;
  const text = fold(String(value));
  for (const step of [4, 0, 3, 2, 1]) if (LADDER[step]!.test(text)) return step;
  const roman = ROMAN.indexOf(text.replace(/^zona /, ''));
  if (roman >= 0) return 10 + roman;
  const grade = hazard ? /^[a-z]{1,2}[- ]?(\d{1,2})$/.exec(text) : null;
  if (grade) return Number(grade[1]);
  return /^\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : NaN;
};

/** Classes from a field's values, or null where they would not make a legend a person can read. */
export function classify(layer: Layer, field: Field, found: Values, numbers: (value: number) => string): Look | null {
  const present = found.values.filter((one) => one.value !== null && one.value !== undefined && one.value !== '') as (Values['values'][number] & { value: string | number | boolean })[];
  if (present.length < 2) return null;
  const base: Look = { ...plainLook(layer), field: field.name, fieldLabel: field.label, others: present.length < found.values.length || found.truncated, icon: null };
  const rungs = present.map((one) => rung(one.value, layer.theme === 'risk' || layer.theme === 'climate'));
  const ordered = rungs.every((one) => !Number.isNaN(one));
  const ramp = sequenceFor(layer);
  if (ordered && !found.truncated && present.length <= MOST_CLASSES) {
    const sorted = present.map((one, i) => ({ one, rung: rungs[i]! })).sort((a, b) => a.rung - b.rung);
    // a long time between floods is the milder hazard
    if (/period|retorno/i.test(field.name)) sorted.reverse();
    return {
      ...base, ordered: true, color: ramp[2]!,
      classes: sorted.map(({ one }, i) => ({ label: field.unit && typeof one.value === 'number' ? `${one.label} ${field.unit}` : one.label, color: ramp[sorted.length === 1 ? 4 : Math.round((i * 4) / (sorted.length - 1))]!, values: [one.value], range: null, count: one.count })),
    };
  }
  if (present.every((one) => typeof one.value === 'number')) {
    if (found.truncated) return null;
    const sorted = [...present].sort((a, b) => (a.value as number) - (b.value as number));
    const total = sorted.reduce((sum, one) => sum + one.count, 0);
    const edges: number[] = [sorted[0]!.value as number];
    let seen = 0;
    for (const one of sorted) {
      if (seen >= (edges.length * total) / 5 && edges.length < 5 && (one.value as number) > edges[edges.length - 1]!) edges.push(one.value as number);
      seen += one.count;
    }
    return {
      ...base, ordered: true, color: ramp[2]!,
      classes: edges.map((from, i) => {
        const below = edges[i + 1] ?? Infinity;
        const last = below === Infinity;
        return { label: `${numbers(from)}${last ? ' +' : ` – ${numbers(below)}`}${field.unit ? ` ${field.unit}` : ''}`, color: ramp[edges.length === 1 ? 4 : Math.round((i * 4) / (edges.length - 1))]!, values: null, range: [from, below] as [number, number], count: 0 };
      }),
    };
  }
  if (found.truncated && present.length >= 50) return null;
  const most = [...present].sort((a, b) => b.count - a.count);
  const kept = most.slice(0, most.length > MOST_CLASSES ? 8 : MOST_CLASSES);
  return {
    ...base, color: OTHERS, others: base.others || kept.length < most.length,
    classes: kept.map((one, i) => ({ label: one.label, color: KINDS[i % KINDS.length]!, values: [one.value], range: null, count: one.count })),
  };
}

export type Shape = 'point' | 'line' | 'area' | 'mixed' | 'none';
export function shapeOf(layer: Layer): Shape {
  const geometry = layer.geometry.toUpperCase();
  if (geometry === 'NONE' || layer.tiles === null) return 'none';
  if (geometry.includes('POINT')) return 'point';
  if (geometry.includes('LINE')) return 'line';
  if (geometry.includes('POLYGON')) return 'area';
  return 'mixed';
}
