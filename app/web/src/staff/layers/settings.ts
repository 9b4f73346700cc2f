import { LANGS, type Lang } from '../../words';

const LANG_IDS = LANGS.map((one) => one.id);

/** What a steward says of a layer; null means it is not said, and what the import saw stands. */
export interface Settings {
  title: Texts;
  description: Texts;
  theme: string | null;
  department: string | null;
  licence: string | null;
  rhythm: string | null;
  contact: { office: string | null; email: string | null; phone: string | null; url: string | null } | null;
  keywords: string[];
  standard: string | null;
  access: 'public' | 'internal' | null;
  fields: FieldSettings[];
  rules: { auto: boolean; maxRemovedShare: number; maxChangedShare: number; noErrors: boolean };
  style: unknown;
  /** True where it lists all there is of its kind in the city: where it has nothing, there is nothing. */
  complete: boolean | null;
}
export type Texts = Partial<Record<Lang, string>> | null;
export type DataClass = 'public' | 'internal' | 'personal' | 'sensitive';
export interface FieldSettings {
  name: string;
  label: Texts;
  unit: string | null;
  dataClass: DataClass | null;
  standard: string | null;
}
export interface Mapping {
  standard: { id: string; title: string } | null;
  candidates: { id: string; title: string; score: number }[];
  items: { field: string; attribute: string | null; label?: string | null; score: number; reason: string | null; confirmed: boolean }[];
  unmapped: { attribute: string; label: string }[];
}

/** How often a department promises a new version, as ISO 8601 writes it. */
export const RHYTHMS = ['P1D', 'P7D', 'P14D', 'P1M', 'P3M', 'P6M', 'P1Y', 'P2Y', 'P5Y', 'P10Y'] as const;
export const CLASSES: DataClass[] = ['public', 'internal', 'personal', 'sensitive'];

/** Texts without blanks: where one language is said, the others read the same until someone says them; null where none is. */
export function said(texts: Texts): Texts {
  const kept = LANG_IDS.flatMap((lang) => (texts?.[lang]?.trim() ? [texts[lang].trim()] : []));
  if (kept.length === 0) return null;
  return Object.fromEntries(LANG_IDS.map((lang) => [lang, texts?.[lang]?.trim() || kept[0]!])) as Texts;
}

/** What stands after a comma or a new line, without repeats. */
export const listed = (text: string): string[] => [...new Set(text.split(/[,\n;]/).map((one) => one.trim()).filter((one) => one !== ''))];

/** The settings as they are sent: blanks are null, not empty words. */
export function tidied(settings: Settings): Settings {
  const blank = (text: string | null | undefined): string | null => (text?.trim() ? text.trim() : null);
  const { contact } = settings;
  const office = contact && { office: blank(contact.office), email: blank(contact.email), phone: blank(contact.phone), url: blank(contact.url) };
  return {
    ...settings,
    title: said(settings.title),
    description: said(settings.description),
    licence: blank(settings.licence),
    rhythm: blank(settings.rhythm),
    contact: office && Object.values(office).some((one) => one !== null) ? office : null,
    fields: settings.fields.map((field) => ({ ...field, label: said(field.label), unit: blank(field.unit) })).filter((field) => field.label !== null || field.unit !== null || field.dataClass !== null || field.standard !== null),
  };
}

/** Parts of two versions that differ, by name: what someone else changed since this was opened. */
export function changedParts(before: Settings, after: Settings): (keyof Settings)[] {
  return (Object.keys(before) as (keyof Settings)[]).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

/**
 * Their version with my changes put on it; a part that both changed is a conflict, and mine is kept until someone chooses.
 */
export function merged(base: Settings, mine: Settings, theirs: Settings): { value: Settings; conflicts: (keyof Settings)[] } {
  const ours = changedParts(base, mine);
  const others = changedParts(base, theirs);
  const value = { ...theirs, ...Object.fromEntries(ours.map((key) => [key, mine[key]])) } as Settings;
  return { value, conflicts: ours.filter((key) => others.includes(key) && JSON.stringify(mine[key]) !== JSON.stringify(theirs[key])) };
}

