import { Problem } from '../api';
import { path, type Ask } from '../staff/ask';
import type { TaskStatus } from './task-colors';

// What the Tasking Manager's API answers, in its own words; what nobody here reads is left out.

export interface ProjectText {
  locale: string;
  name: string | null;
  shortDescription: string | null;
  description: string | null;
  instructions: string | null;
  perTaskInstructions: string | null;
}
export type Difficulty = 'EASY' | 'MODERATE' | 'CHALLENGING';
export type Priority = 'URGENT' | 'HIGH' | 'MEDIUM' | 'LOW';
export type ProjectStatus = 'DRAFT' | 'PUBLISHED' | 'ARCHIVED';
export type MappingType = 'ROADS' | 'BUILDINGS' | 'WATERWAYS' | 'LAND_USE' | 'OTHER';
export type Openness = 'ANY' | 'LEVEL' | 'TEAMS' | 'TEAMS_LEVEL';
export const DIFFICULTIES: Difficulty[] = ['EASY', 'MODERATE', 'CHALLENGING'];
export const PRIORITIES: Priority[] = ['URGENT', 'HIGH', 'MEDIUM', 'LOW'];
export const PROJECT_STATUSES: ProjectStatus[] = ['PUBLISHED', 'ARCHIVED', 'DRAFT'];
export const MAPPING_TYPES: MappingType[] = ['ROADS', 'BUILDINGS', 'WATERWAYS', 'LAND_USE', 'OTHER'];

/** A project; its area, tasks and texts of other languages are null or empty in a list. */
export interface Project {
  projectId: number;
  status: ProjectStatus;
  projectPriority: Priority;
  difficulty: Difficulty;
  defaultLocale: string;
  projectInfo: ProjectText;
  projectInfoLocales: ProjectText[];
  areaOfInterest: GeoJSON.MultiPolygon | null;
  aoiBBOX: [number, number, number, number];
  aoiCentroid: GeoJSON.Point;
  priorityAreas: GeoJSON.MultiPolygon | null;
  tasks: TaskMap | null;
  mappingTypes: MappingType[];
  mappingPermission: Openness;
  mappingPermissionLevelId: number;
  validationPermission: Openness;
  validationPermissionLevelId: number;
  private: boolean;
  enforceRandomTaskSelection: boolean;
  featured: boolean;
  teams: { teamId: number; teamName: string; role: string }[];
  dueDate: string | null;
  changesetComment: string;
  imagery: string;
  mappingEditors: string[];
  validationEditors: string[];
  licenseId: number | null;
  campaigns: Label[];
  interests: Label[];
  leaseSeconds: number;
  gapLayer: string | null;
  organisation: string;
  organisationName: string;
  author: string;
  authorId: string;
  created: string;
  lastUpdated: string;
  totalTasks: number;
  percentMapped: number;
  percentValidated: number;
  percentBadImagery: number;
  canMap: boolean;
  /** The code of why not. */
  mappingRefusal: string | null;
  canValidate: boolean;
  validationRefusal: string | null;
  canCoordinate: boolean;
}
/** A campaign or an interest. */
export interface Label {
  id: number;
  name: string;
}
export interface ProjectPage {
  results: Project[];
  pagination: { page: number; pages: number; perPage: number; total: number; hasNext: boolean; hasPrev: boolean };
  mapResults: GeoJSON.FeatureCollection<GeoJSON.Point, { projectId: number; priority: Priority }> | null;
}

export interface TaskProperties {
  taskId: number;
  taskX: number | null;
  taskY: number | null;
  taskZoom: number | null;
  taskIsSquare: boolean;
  taskStatus: TaskStatus;
  /** The account that holds it, and how it is called. */
  lockedBy: string | null;
  lockHolder: string | null;
  mappedBy: string | null;
}
export type TaskMap = GeoJSON.FeatureCollection<GeoJSON.MultiPolygon | GeoJSON.Polygon, TaskProperties>;
export interface TaskEvent {
  historyId: number;
  taskId: number;
  action: string;
  /** The state, the comment, or for how long it was held. */
  actionText: string | null;
  actionDate: string;
  actionBy: string;
  actionById: string;
  issues: { mappingIssueCategoryId: number; count: number }[];
}
export interface Task {
  taskId: number;
  projectId: number;
  taskStatus: TaskStatus;
  lockHolder: string | null;
  lockHolderId: string | null;
  heldTogether: number[];
  taskHistory: TaskEvent[];
  perTaskInstructions: string;
  autoUnlockSeconds: number;
  lockExpires: string | null;
  lastUpdated: string;
  numberOfComments: number;
}
/** What happens to a task while one looks; a null status is the one it had. */
export interface LiveEvent {
  taskId: number;
  taskStatus: TaskStatus | null;
  lockHolder: string | null;
  lockedBy: string | null;
  action: string;
  actionText: string | null;
  actionBy: string;
  actionDate: string;
}
export interface ProjectStatistics {
  projectId: number;
  totalTasks: number;
  tasksReady: number;
  tasksMapped: number;
  tasksValidated: number;
  tasksInvalidated: number;
  tasksBadImagery: number;
  tasksLocked: number;
  percentMapped: number;
  percentValidated: number;
  percentBadImagery: number;
  completion: number;
  totalMappers: number;
  totalValidators: number;
}
export interface Contribution {
  username: string;
  userId: string;
  mapped: number;
  validated: number;
  invalidated: number;
  badImagery: number;
}
/** Who needs help: whose tasks came back, which leases end within half an hour, what has waited for a validator for two days. */
export interface Help {
  returned: { username: string; userId: string; taskIds: number[] }[];
  ending: { taskId: number; username: string; lockExpires: string }[];
  waiting: { taskId: number; username: string; since: string }[];
}
export interface Day {
  date: string;
  mapped: number;
  validated: number;
}
export interface Activity {
  historyId: number;
  taskId: number;
  taskAction: string;
  actionText: string | null;
  actionDate: string;
  actionBy: string;
}
export interface Licence {
  licenseId: number;
  name: string;
  description: string;
  plainText: string;
}
/** A kind of fault that validators count. */
export interface IssueCategory {
  categoryId: number;
  categoryName: string;
  description: string;
  archived: boolean;
}
/** What one holds; the rest is null where that is nothing. */
export interface LockedTasks {
  lockedTasks: number[];
  projectId: number | null;
  taskStatus: TaskStatus | null;
  lockExpires: string | null;
}
/** What a validator says of a task. */
export interface Verdict {
  taskId: number;
  status: 'VALIDATED' | 'INVALIDATED' | 'MAPPED';
  comment: string;
  validationIssues: { mappingIssueCategoryId: number; count: number }[];
}
export type Parameters = Record<string, string | number | boolean | null | undefined>;

/**
 * Asks the mapping projects' API, which keeps the Tasking Manager's names and shapes. Refusals come as problems with its sentence as their title and
 * its code in {@link codeOf}.
 */
export class Tasking {
  constructor(private readonly ask: Ask) {}

  search = (parameters: Parameters, signal?: AbortSignal) => this.get<ProjectPage>('/api/v2/projects/', parameters, signal);
  project = (id: number) => this.get<Project>(path('/api/v2/projects/{}/queries/notasks/', id));
  summary = (id: number) => this.get<Project>(path('/api/v2/projects/{}/queries/summary/', id));
  statistics = (id: number) => this.get<ProjectStatistics>(path('/api/v2/projects/{}/statistics/', id));
  contributions = async (id: number) => (await this.get<{ userContributions: Contribution[] }>(path('/api/v2/projects/{}/contributions/', id))).userContributions;
  help = (id: number) => this.get<Help>(path('/api/v2/projects/{}/statistics/help/', id));
  days = async (id: number) => (await this.get<{ stats: Day[] }>(path('/api/v2/projects/{}/contributions/queries/day/', id))).stats;
  activities = async (id: number) => (await this.get<{ activity: Activity[] }>(path('/api/v2/projects/{}/activities/', id))).activity;
  tasks = (id: number, tasks: readonly number[] = []) => this.get<TaskMap>(path('/api/v2/projects/{}/tasks/', id), { tasks: tasks.join(',') });
  task = (project: number, task: number) => this.get<Task>(path('/api/v2/projects/{}/tasks/{}/', project, task));
  locked = () => this.get<LockedTasks>('/api/v2/users/queries/tasks/locked/');
  campaigns = async () => (await this.get<{ campaigns: Label[] }>('/api/v2/campaigns/')).campaigns;
  interests = async () => (await this.get<{ interests: Label[] }>('/api/v2/interests/')).interests;
  issueCategories = async () => (await this.get<{ categories: IssueCategory[] }>('/api/v2/tasks/issues/categories/')).categories;
  licences = async () => (await this.get<{ licenses: Licence[] }>('/api/v2/licenses/')).licenses;
  acceptLicence = (id: number) => this.post<unknown>(path('/api/v2/licenses/{}/actions/accept-for-me/', id));

  /** The numbers of one's favourites. */
  async favourites(): Promise<Set<number>> {
    const found = new Set<number>();
    for (let page = 1; ; page++) {
      const { results, pagination } = await this.search({ favoritedByMe: true, projectStatuses: 'PUBLISHED,ARCHIVED,DRAFT', omitMapResults: true, page });
      for (const one of results) found.add(one.projectId);
      if (!pagination.hasNext) return found;
    }
  }
  favour = (id: number, yes: boolean) => this.spoken(this.ask.send<unknown>(yes ? 'POST' : 'DELETE', path('/api/v2/projects/{}/favorite/', id), yes ? {} : undefined));

  // ---- tasks

  lockForMapping = (project: number, tasks: readonly number[]) => this.act(project, 'lock-for-mapping/', { taskIds: tasks });
  lockForValidation = (project: number, tasks: readonly number[]) => this.act(project, 'lock-for-validation/', { taskIds: tasks });
  stopMapping = (project: number, task: number, comment = '') => this.act(project, `stop-mapping/${task}/`, { comment });
  stopValidation = (project: number, tasks: readonly number[]) => this.act(project, 'stop-validation/', { resetTasks: tasks.map((taskId) => ({ taskId, comment: '' })) });
  finishMapping = (project: number, task: number, status: 'MAPPED' | 'BADIMAGERY' | 'READY', comment: string) => this.act(project, `unlock-after-mapping/${task}/`, { status, comment });
  finishValidation = (project: number, validatedTasks: readonly Verdict[]) => this.act(project, 'unlock-after-validation/', { validatedTasks });
  extend = (project: number, taskIds: readonly number[]) => this.act(project, 'extend/', { taskIds });
  undo = (project: number, task: number) => this.act(project, `undo-last-action/${task}/`, {});
  /** Cuts a task; answers the pieces. */
  split = async (project: number, task: number) => (await this.post<{ tasks: Task[] }>(path(`/api/v2/projects/{}/tasks/actions/split/{}/`, project, task))).tasks;
  comment = (project: number, task: number, comment: string) => this.post<Task>(path('/api/v2/projects/{}/comments/tasks/{}/', project, task), { comment });

  private act = (project: number, action: string, body: unknown) => this.post<unknown>(path('/api/v2/projects/{}/tasks/actions/', project) + action, body);
  get = <T>(address: string, parameters: Parameters = {}, signal?: AbortSignal) => this.spoken(this.ask.get<T>(address, parameters, signal));
  post = <T>(address: string, body: unknown = {}) => this.spoken(this.ask.post<T>(address, body));

  /** A refusal in the Tasking Manager's shape becomes one in ours. */
  async spoken<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (cause) {
      if (cause instanceof Problem && cause.title === '' && typeof cause.more['Error'] === 'string') throw new Problem(sentence(cause.more['Error']), null, cause.status, cause.more);
      throw cause;
    }
  }
}

const sentence = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** The Tasking Manager's code of a refusal; null where it is none of its. */
export const codeOf = (problem: Problem): string | null => (typeof problem.more['SubCode'] === 'string' ? problem.more['SubCode'] : null);
