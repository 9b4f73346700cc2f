import type editor from '../words/community.en';
import type projects from '../words/projects.en';
import type { Lang } from '../words';

/** The words of the community's screens: the editor's, and those of mapping projects. */
export type OwnCommunityWords = Record<keyof typeof editor | keyof typeof projects, string>;

const FILES: Record<Lang, () => [Promise<{ default: Record<keyof typeof editor, string> }>, Promise<{ default: Record<keyof typeof projects, string> }>]> = {
  es: () => [import('../words/community.es'), import('../words/projects.es')],
  pt: () => [import('../words/community.pt'), import('../words/projects.pt')],
  en: () => [import('../words/community.en'), import('../words/projects.en')],
};

export async function communityWords(lang: Lang): Promise<OwnCommunityWords> {
  const [editor, projects] = await Promise.all(FILES[lang]());
  return { ...editor.default, ...projects.default };
}
