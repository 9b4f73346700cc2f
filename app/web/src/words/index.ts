import type en from './en';

/** Every language has every word: a missing or surplus key does not compile. */
export type Words = Record<keyof typeof en, string>;
export type Lang = 'es' | 'pt' | 'en';
export const LANGS: { id: Lang; name: string; short: string; locale: string }[] = [
  { id: 'es', name: 'Español', short: 'ES', locale: 'es-MX' },
  { id: 'pt', name: 'Português', short: 'PT', locale: 'pt-BR' },
  { id: 'en', name: 'English', short: 'EN', locale: 'en' },
];
const FILES: Record<Lang, () => Promise<{ default: Words }>> = { es: () => import('./es'), pt: () => import('./pt'), en: () => import('./en') };

export const isLang = (text: string | null | undefined): text is Lang => LANGS.some((one) => one.id === text);

export async function loadWords(lang: Lang): Promise<Words> {
  return (await FILES[lang]()).default;
}

/** The language to begin with: what the link says, else what the browser asks for, else Spanish. */
export function firstLang(said: string | null, wanted: readonly string[]): Lang {
  if (isLang(said)) return said;
  for (const one of wanted) {
    const short = one.slice(0, 2).toLowerCase();
    if (isLang(short)) return short;
  }
  return 'es';
}
