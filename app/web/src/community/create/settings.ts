import type { Openness, Project, ProjectText } from '../api';
import { LANGS, type Lang } from '../../words';

export const TEAM_ROLES = ['MAPPER', 'VALIDATOR', 'PROJECT_MANAGER', 'READ_ONLY'] as const;
export type TeamRole = (typeof TEAM_ROLES)[number];
export const OPENNESS: Openness[] = ['ANY', 'LEVEL', 'TEAMS', 'TEAMS_LEVEL'];
export const EDITORS = ['ID', 'JOSM'] as const;

/** A project with what only its coordinators read. */
export type OwnProject = Project & { josmPreset: string; idPresets: string[]; allowedUsers: string[] };

/** What a project's answer has as the API's PATCH takes it. */
const ALIKE = [
  'projectPriority', 'difficulty', 'organisation', 'defaultLocale', 'mappingTypes', 'mappingPermission', 'mappingPermissionLevelId', 'validationPermission', 'validationPermissionLevelId', 'private', 'allowedUsers', 'enforceRandomTaskSelection', 'changesetComment', 'imagery', 'josmPreset', 'idPresets', 'mappingEditors', 'validationEditors', 'leaseSeconds',
] as const satisfies (keyof OwnProject)[];
type Alike = Pick<OwnProject, (typeof ALIKE)[number]>;

/** What coordinators decide of a project, as the API's PATCH takes it: an empty day or layer, and the licence 0, are none. */
export interface Settings extends Alike {
  projectInfoLocales: ProjectText[];
  teams: { teamId: number; role: TeamRole }[];
  dueDate: string;
  licenseId: number;
  gapLayer: string;
}

export const emptyText = (locale: string): ProjectText => ({ locale, name: '', shortDescription: '', description: '', instructions: '', perTaskInstructions: '' });

/** Those of a new project. */
export const freshSettings = (lang: Lang): Settings => ({
  projectPriority: 'MEDIUM',
  difficulty: 'EASY',
  organisation: '',
  defaultLocale: lang,
  projectInfoLocales: LANGS.map((one) => emptyText(one.id)),
  mappingTypes: [],
  mappingPermission: 'ANY',
  mappingPermissionLevelId: 1,
  validationPermission: 'LEVEL',
  validationPermissionLevelId: 2,
  private: false,
  allowedUsers: [],
  enforceRandomTaskSelection: false,
  teams: [],
  dueDate: '',
  changesetComment: '',
  imagery: '',
  josmPreset: '',
  idPresets: [],
  mappingEditors: [...EDITORS],
  validationEditors: [...EDITORS],
  licenseId: 0,
  leaseSeconds: 7200,
  gapLayer: '',
});

/** Those of a project that exists. */
export function settingsOf(project: OwnProject): Settings {
  const others = project.projectInfoLocales.filter((text) => !LANGS.some((one) => one.id === text.locale));
  return {
    ...(Object.fromEntries(ALIKE.map((name) => [name, project[name]])) as unknown as Alike),
    projectInfoLocales: [...LANGS.map((one) => project.projectInfoLocales.find((text) => text.locale === one.id) ?? emptyText(one.id)), ...others],
    teams: project.teams.map(({ teamId, role }) => ({ teamId, role: role as TeamRole })),
    dueDate: project.dueDate ?? '',
    licenseId: project.licenseId ?? 0,
    gapLayer: project.gapLayer ?? '',
  };
}

/** What is sent: languages in which nothing was written are left out, and so is a comment that the server makes itself. */
export function patchOf(settings: Settings): Partial<Settings> {
  const written = settings.projectInfoLocales.filter((text) => text.locale === settings.defaultLocale || Object.entries(text).some(([name, value]) => name !== 'locale' && (value ?? '').trim() !== ''));
  const { changesetComment, ...rest } = settings;
  return { ...rest, projectInfoLocales: written, ...(changesetComment.trim() === '' ? {} : { changesetComment: changesetComment.trim() }) };
}

/** The texts of the project's own language. */
export const ownText = (settings: Settings): ProjectText => settings.projectInfoLocales.find((text) => text.locale === settings.defaultLocale) ?? emptyText(settings.defaultLocale);

export type Missing = 'name' | 'instructions' | 'organisation' | 'types';
/** What a project still needs before it can be published. */
export function missingOf(settings: Settings): Missing[] {
  const { name, instructions } = ownText(settings);
  const missing: Missing[] = [];
  if ((name ?? '').trim() === '') missing.push('name');
  if ((instructions ?? '').trim() === '') missing.push('instructions');
  if (settings.mappingTypes.length === 0) missing.push('types');
  if (settings.organisation === '') missing.push('organisation');
  return missing;
}
