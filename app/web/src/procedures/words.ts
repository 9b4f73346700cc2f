import type own from '../words/procedures.en';
import { Say } from '../say';
import { loadWords, type Lang, type Words } from '../words';

/** The words of the screens for procedures, over those of the resident's page. */
export type ProcedureWords = Words & OwnProcedureWords;
export type OwnProcedureWords = Record<keyof typeof own, string>;
export type ProcedureSay = Say<ProcedureWords>;

const FILES: Record<Lang, () => Promise<{ default: OwnProcedureWords }>> = {
  es: () => import('../words/procedures.es'),
  pt: () => import('../words/procedures.pt'),
  en: () => import('../words/procedures.en'),
};

export const procedureWords = async (lang: Lang): Promise<OwnProcedureWords> => (await FILES[lang]()).default;

export async function procedureSay(lang: Lang): Promise<ProcedureSay> {
  const [words, more] = await Promise.all([loadWords(lang), procedureWords(lang)]);
  return new Say<ProcedureWords>(lang, { ...words, ...more });
}
