import { caseWords, type OwnCaseWords } from '../cases/words';
import { communityWords, type OwnCommunityWords } from '../community/words';
import { procedureWords, type OwnProcedureWords } from '../procedures/words';
import type data from '../words/data.en';
import type office from '../words/office.en';
import type staff from '../words/staff.en';
import { loadWords, type Lang, type Words } from '../words';
import type { Say } from '../say';

/** The words of the staff's screens, over those of the resident's page; an area with many words of its own adds its files here. */
export type StaffWords = Words & Own;
type Own = Record<keyof typeof staff | keyof typeof data | keyof typeof office, string> & OwnCommunityWords & OwnCaseWords & OwnProcedureWords;
export type StaffSay = Say<StaffWords>;
export type StaffWord = keyof StaffWords;

/** What a program may be allowed to do in somebody's name. */
export const SCOPES = ['openid', 'profile', 'read', 'edit', 'submit'] as const;

/** What a scope allows, in words; one that this page does not know stays its name. */
export const scopeText = (say: StaffSay, scope: string): string => {
  const known = SCOPES.find((one) => one === scope);
  return known ? say.text(`app_scope_${known}`) : scope;
};

const FILES: Record<Lang, () => Promise<Own>> = {
  es: () => joined(import('../words/staff.es'), import('../words/data.es'), import('../words/office.es'), communityWords('es'), caseWords('es'), procedureWords('es')),
  pt: () => joined(import('../words/staff.pt'), import('../words/data.pt'), import('../words/office.pt'), communityWords('pt'), caseWords('pt'), procedureWords('pt')),
  en: () => joined(import('../words/staff.en'), import('../words/data.en'), import('../words/office.en'), communityWords('en'), caseWords('en'), procedureWords('en')),
};
async function joined<A, B, C, D, E, F>(staff: Promise<{ default: A }>, data: Promise<{ default: B }>, office: Promise<{ default: C }>, community: Promise<D>, cases: Promise<E>, procedures: Promise<F>): Promise<A & B & C & D & E & F> {
  return { ...(await staff).default, ...(await data).default, ...(await office).default, ...(await community), ...(await cases), ...(await procedures) };
}

export async function loadStaffWords(lang: Lang): Promise<StaffWords> {
  const [words, more] = await Promise.all([loadWords(lang), FILES[lang]()]);
  return { ...words, ...more };
}
