import { asked } from '../../api';
import type { CaseFile } from '../../cases/api';
import { path } from '../ask';
import type { Desk } from '../desk.svelte';

export const FOR = ['prevent', 'refuse', 'grant', 'ask', 'opine', 'visit'] as const;
/** What a text of the office is written for. */
export type For = (typeof FOR)[number];
/** The blanks that each case fills. */
export const BLANKS = ['folio', 'procedure', 'office', 'officer', 'applicant', 'filed', 'due', 'cure', 'today'] as const;
export type Texts = Partial<Record<'es' | 'pt' | 'en', string>>;
/** A text that an office writes again and again, by language, in its newest version; what a pack brought is version 0 and was saved by nobody. */
export interface Template {
  id: string;
  version: number;
  act: For;
  title: string;
  texts: Texts;
  retired: boolean;
  author: string | null;
  at: string | null;
}
export interface Filled {
  language: string;
  text: string;
  missing: string[];
}

/** The texts of an office; none where they cannot be had: one can write without. */
export async function textsOf(desk: Desk, office: string): Promise<Template[]> {
  const found = await asked(desk.ask.get<{ items: Template[] }>('/api/office-templates', { office }));
  return found.state === 'here' ? found.value.items : [];
}

/** Fills the blanks of a text for one case, in the applicant's language where it is written in it. */
export const fill = (desk: Desk, file: CaseFile, texts: Texts): Promise<Filled> => desk.ask.post<Filled>(path('/api/inbox/{}/fill', file.id), { texts });

/** Blanks as they are written. */
export const braced = (blanks: readonly string[]): string => blanks.map((one) => `{${one}}`).join(' ');
