import { caseSay, type CaseWords } from '../cases/words';
import type { Say } from '../say';
import type { Lang } from '../words';
import type own from '../words/report.en';

type Own = Record<keyof typeof own, string>;
export type ReportSay = Say<CaseWords & Own>;

const FILES: Record<Lang, () => Promise<{ default: Own }>> = {
  es: () => import('../words/report.es'),
  pt: () => import('../words/report.pt'),
  en: () => import('../words/report.en'),
};

/** The words of reporting, over those of case files. */
export async function reportSay(lang: Lang): Promise<ReportSay> {
  const [say, more] = await Promise.all([caseSay(lang), FILES[lang]()]);
  return say.with(more.default);
}
