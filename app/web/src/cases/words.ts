import type own from '../words/cases.en';
import { procedureSay, type ProcedureWords } from '../procedures/words';
import { Say } from '../say';
import type { Lang } from '../words';

/** The words of case files, over those of procedures. */
export type CaseWords = ProcedureWords & OwnCaseWords;
export type OwnCaseWords = Record<keyof typeof own, string>;
export type CaseSay = Say<CaseWords>;

const FILES: Record<Lang, () => Promise<{ default: OwnCaseWords }>> = {
  es: () => import('../words/cases.es'),
  pt: () => import('../words/cases.pt'),
  en: () => import('../words/cases.en'),
};

export const caseWords = async (lang: Lang): Promise<OwnCaseWords> => (await FILES[lang]()).default;

export async function caseSay(lang: Lang): Promise<CaseSay> {
  const [say, more] = await Promise.all([procedureSay(lang), caseWords(lang)]);
  return say.with(more);
}
