import type own from '../words/statistics.en';
import { Say } from '../say';
import { loadWords, type Lang, type Words } from '../words';

/** The words of the page on how punctual offices are, over those of the resident's page. */
export type OwnStatisticsWords = Record<keyof typeof own, string>;
export type StatisticsSay = Say<Words & OwnStatisticsWords>;

const FILES: Record<Lang, () => Promise<{ default: OwnStatisticsWords }>> = {
  es: () => import('../words/statistics.es'),
  pt: () => import('../words/statistics.pt'),
  en: () => import('../words/statistics.en'),
};

export async function statisticsSay(lang: Lang): Promise<StatisticsSay> {
  const [words, more] = await Promise.all([loadWords(lang), FILES[lang]()]);
  return new Say(lang, { ...words, ...more.default });
}
