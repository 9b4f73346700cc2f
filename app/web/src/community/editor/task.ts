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
}
export interface Project {
  projectId: number;
  projectInfo: { name: string | null; instructions: string | null };
  changesetComment: string;
  imagery: string;
  canMap: boolean;
  mappingRefusal: string | null;
}
export interface TaskWork {
  project: Project;
  task: Task;
  area: GeoJSON.Feature;
}
export type TaskVerb = 'lock' | 'extend' | 'stop' | 'mapped' | 'split';

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

/** Does something with the lock of a task; the server says whether it may be done. */
export async function actOn(ask: Ask, { projectId, taskId }: Task, verb: TaskVerb): Promise<void> {
  const one = (action: string) => path(`/api/v2/projects/{}/tasks/actions/${action}/{}/`, projectId, taskId);
  switch (verb) {
    case 'lock':
      return void (await ask.post(one('lock-for-mapping')));
    case 'extend':
      return void (await ask.post(path('/api/v2/projects/{}/tasks/actions/extend/', projectId), { taskIds: [taskId] }));
    case 'stop':
      return void (await ask.post(one('stop-mapping'), { comment: '' }));
    case 'mapped':
      return void (await ask.post(one('unlock-after-mapping'), { status: 'MAPPED', comment: '' }));
    case 'split':
      return void (await ask.post(one('split')));
  }
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
