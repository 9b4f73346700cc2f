import type { Ask } from '../../staff/ask';
import { path } from '../../staff/ask';

/** A piece of a mapping project that one person maps at a time, in the words of the Tasking Manager's API. */
export interface Task {
  taskId: number;
  projectId: number;
  taskStatus: string;
  lockHolder: string | null;
  lockHolderId: string | null;
  perTaskInstructions: string;
  lockExpires: string | null;
  /** The newest first. */
  taskHistory: Happening[];
}
/** One line of a task's history. */
export interface Happening {
  historyId: number;
  action: string;
  actionText: string | null;
  actionDate: string;
  actionBy: string;
}
export interface Project {
  projectId: number;
  projectInfo: { name: string | null; instructions: string | null };
  changesetComment: string;
  imagery: string;
  canMap: boolean;
  canValidate: boolean;
}
export interface TaskWork {
  project: Project;
  task: Task;
  area: GeoJSON.Feature;
}
/** What can be done with a task from beside the editor. */
export type TaskVerb = 'lock' | 'look' | 'extend' | 'stop' | 'mapped' | 'unseen' | 'split' | 'comment' | 'good' | 'wrong' | 'undecided';

/** The project and the task of an address's `12/34`; null where it is none. */
export function taskOf(said: string | null): { project: number; task: number } | null {
  const found = /^(\d{1,9})\/(\d{1,9})$/.exec(said ?? '');
  return found ? { project: Number(found[1]), task: Number(found[2]) } : null;
}

/** Reads what is needed to map a task. */
export async function readTask(ask: Ask, { project, task }: { project: number; task: number }): Promise<TaskWork> {
  const [told, one, areas] = await Promise.all([
    ask.get<Project>(path('/api/v2/projects/{}/', project)),
    ask.get<Task>(path('/api/v2/projects/{}/tasks/{}/', project, task)),
    ask.get<GeoJSON.FeatureCollection>(path('/api/v2/projects/{}/tasks/', project), { tasks: task }),
  ]);
  const area = areas.features[0];
  if (!area) throw new Error(`task ${project}/${task} has no area`);
  return { project: told, task: one, area };
}

/** Does something with a task, with words for those who work on it; the server says whether it may be done. Of a task that was cut, the first piece comes back. */
export async function actOn(ask: Ask, { projectId, taskId }: Task, verb: TaskVerb, comment: string): Promise<number> {
  const one = (action: string) => path(`/api/v2/projects/{}/tasks/actions/${action}/{}/`, projectId, taskId);
  const some = (action: string) => path(`/api/v2/projects/{}/tasks/actions/${action}/`, projectId);
  const judged = (status: string) => ask.post(some('unlock-after-validation'), { validatedTasks: [{ taskId, status, comment }] });
  switch (verb) {
    case 'lock':
      await ask.post(one('lock-for-mapping'));
      return taskId;
    case 'look':
      await ask.post(some('lock-for-validation'), { taskIds: [taskId] });
      return taskId;
    case 'extend':
      await ask.post(some('extend'), { taskIds: [taskId] });
      return taskId;
    case 'stop':
      await ask.post(one('stop-mapping'), { comment });
      return taskId;
    case 'mapped':
      await ask.post(one('unlock-after-mapping'), { status: 'MAPPED', comment });
      return taskId;
    case 'unseen':
      await ask.post(one('unlock-after-mapping'), { status: 'BADIMAGERY', comment });
      return taskId;
    case 'split':
      return (await ask.post<{ tasks: Task[] }>(one('split'))).tasks[0]!.taskId;
    case 'comment':
      await ask.post(path('/api/v2/projects/{}/comments/tasks/{}/', projectId, taskId), { comment });
      return taskId;
    case 'good':
      await judged('VALIDATED');
      return taskId;
    case 'wrong':
      await judged('INVALIDATED');
      return taskId;
    case 'undecided':
      await ask.post(some('stop-validation'), { resetTasks: [{ taskId, comment }] });
      return taskId;
  }
}

/** What the mapper is asked to do: first for this task, then for all of them. */
export const instructionsOf = ({ task, project }: TaskWork): string[] => [task.perTaskInstructions, project.projectInfo.instructions ?? ''].filter((text) => text.trim() !== '');

/** A line of instructions that came or went. */
export interface ChangedLine {
  text: string;
  isNew: boolean;
}
/** Which lines of a text are not those of before; the order is that of the newer text, what went is named first. */
export function changedLines(before: string[], after: string[]): ChangedLine[] {
  const lines = (texts: string[]) => texts.flatMap((text) => text.split(/\r?\n/)).map((line) => line.trim()).filter((line) => line !== '');
  const [old, now] = [lines(before), lines(after)];
  return [...old.filter((line) => !now.includes(line)).map((text) => ({ text, isNew: false })), ...now.filter((line) => !old.includes(line)).map((text) => ({ text, isNew: true }))];
}

/** The hashtags of a comment, as iD keeps them. */
export const hashtagsOf = (comment: string): string => (comment.match(/#[\p{L}\p{N}_-]+/gu) ?? []).join(';');

/** The middle of an area's box, longitude first. */
export function middleOf(area: GeoJSON.Feature): [number, number] {
  const points = JSON.stringify((area.geometry as GeoJSON.MultiPolygon).coordinates).match(/-?\d+(\.\d+)?(e-?\d+)?/g)?.map(Number) ?? [];
  const along = (axis: number) => points.filter((_, i) => i % 2 === axis);
  const mid = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  return [mid(along(0)), mid(along(1))];
}
