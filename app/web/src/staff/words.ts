import type staff from '../words/staff.en';
import { loadWords, type Lang, type Words } from '../words';
import type { Say } from '../say';

/** The words of the staff's screens, over those of the resident's page; an area with many words of its own adds its files here. */
export type StaffWords = Words & Record<keyof typeof staff, string>;
export type StaffSay = Say<StaffWords>;
export type StaffWord = keyof StaffWords;

const FILES: Record<Lang, () => Promise<{ default: Record<keyof typeof staff, string> }>> = {
  es: () => import('../words/staff.es'),
  pt: () => import('../words/staff.pt'),
  en: () => import('../words/staff.en'),
};

export async function loadStaffWords(lang: Lang): Promise<StaffWords> {
  const [words, more] = await Promise.all([loadWords(lang), FILES[lang]()]);
  return { ...words, ...more.default };
}
