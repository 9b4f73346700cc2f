import type own from '../words/papers.en';
import { Say } from '../say';
import { loadWords, type Lang, type Words } from '../words';

/** The words of signed papers, over those of the resident's page. */
export type OwnPaperWords = Record<keyof typeof own, string>;
export type PaperSay = Say<Words & OwnPaperWords>;

const FILES: Record<Lang, () => Promise<{ default: OwnPaperWords }>> = {
  es: () => import('../words/papers.es'),
  pt: () => import('../words/papers.pt'),
  en: () => import('../words/papers.en'),
};

export async function paperSay(lang: Lang): Promise<PaperSay> {
  const [words, more] = await Promise.all([loadWords(lang), FILES[lang]()]);
  return new Say(lang, { ...words, ...more.default });
}
