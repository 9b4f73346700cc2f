import type own from '../words/procedures.en';
import { Say } from '../say';
import { loadWords, type Lang, type Words } from '../words';

/** The words of the screens for procedures, over those of the resident's page. */
export type ProcedureWords = Words & Record<keyof typeof own, string>;
export type ProcedureSay = Say<ProcedureWords>;

const FILES: Record<Lang, () => Promise<{ default: Record<keyof typeof own, string> }>> = {
  es: () => import('../words/procedures.es'),
  pt: () => import('../words/procedures.pt'),
  en: () => import('../words/procedures.en'),
};

export async function procedureSay(lang: Lang): Promise<ProcedureSay> {
  const [words, more] = await Promise.all([loadWords(lang), FILES[lang]()]);
  return new Say<ProcedureWords>(lang, { ...words, ...more.default });
}
