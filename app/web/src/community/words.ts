import type editor from '../words/community.en';
import type coordinate from '../words/coordinate.en';
import type projects from '../words/projects.en';
import type { Lang } from '../words';

type Editor = Record<keyof typeof editor, string>;
type Projects = Record<keyof typeof projects, string>;
type Coordinate = Record<keyof typeof coordinate, string>;
/** The words of the community's screens: the editor's, those of mapping projects, and those of who runs them. */
export type OwnCommunityWords = Editor & Projects & Coordinate;

const FILES: Record<Lang, () => [Promise<{ default: Editor }>, Promise<{ default: Projects }>, Promise<{ default: Coordinate }>]> = {
  es: () => [import('../words/community.es'), import('../words/projects.es'), import('../words/coordinate.es')],
  pt: () => [import('../words/community.pt'), import('../words/projects.pt'), import('../words/coordinate.pt')],
  en: () => [import('../words/community.en'), import('../words/projects.en'), import('../words/coordinate.en')],
};

export async function communityWords(lang: Lang): Promise<OwnCommunityWords> {
  const [editor, projects, coordinate] = await Promise.all(FILES[lang]());
  return { ...editor.default, ...projects.default, ...coordinate.default };
}
