import type { ProjectStatistics, Task, TaskMap, Tasking } from '../api';
import { isLocked } from '../task-colors';

/** What asks for the coordinator: whose tasks come back, which locks end soon, what waits long for a validator. */
export interface Help {
  returned: { who: string; tasks: number[] }[];
  ending: { task: number; who: string; expires: string }[];
  waiting: { task: number; who: string; since: string }[];
  /** True where there were more tasks than were looked at. */
  partial: boolean;
}

const LOOKED_AT = 60;
const AT_ONCE = 6;

/** Reads the histories of the tasks that may ask for help: those given back, held and waiting. */
export async function helpOf(tasking: Tasking, project: number, { features }: TaskMap, now: number): Promise<Help> {
  const numbers = (wanted: (status: string) => boolean) => features.filter((one) => wanted(one.properties.taskStatus)).map((one) => one.properties.taskId);
  const all = [...numbers((status) => status === 'INVALIDATED'), ...numbers((status) => isLocked(status as never)), ...numbers((status) => status === 'MAPPED')];
  const tasks: Task[] = [];
  for (let i = 0; i < Math.min(all.length, LOOKED_AT); i += AT_ONCE) tasks.push(...(await Promise.all(all.slice(i, Math.min(i + AT_ONCE, LOOKED_AT)).map((one) => tasking.task(project, one)))));
  return { ...sorted(tasks, now), partial: all.length > LOOKED_AT };
}

const HOUR_MS = 3_600_000;
const ENDS_SOON_MS = HOUR_MS / 2;
const WAITS_LONG_MS = 48 * HOUR_MS;

/** The same for tasks whose histories are known, the newest line first. */
export function sorted(tasks: readonly Task[], now: number): Omit<Help, 'partial'> {
  const returned = new Map<string, number[]>();
  const help: Omit<Help, 'partial'> = { returned: [], ending: [], waiting: [] };
  for (const task of tasks) {
    const mapped = task.taskHistory.find((one) => one.action === 'STATE_CHANGE' && (one.actionText === 'MAPPED' || one.actionText === 'BADIMAGERY'));
    if (task.lockExpires) {
      if (Date.parse(task.lockExpires) - now < ENDS_SOON_MS) help.ending.push({ task: task.taskId, who: task.lockHolder ?? '', expires: task.lockExpires });
    } else if (task.taskStatus === 'INVALIDATED' && mapped) returned.set(mapped.actionBy, [...(returned.get(mapped.actionBy) ?? []), task.taskId]);
    else if (task.taskStatus === 'MAPPED' && mapped && now - Date.parse(mapped.actionDate) > WAITS_LONG_MS) help.waiting.push({ task: task.taskId, who: mapped.actionBy, since: mapped.actionDate });
  }
  help.returned = [...returned].map(([who, list]) => ({ who, tasks: list })).sort((a, b) => b.tasks.length - a.tasks.length);
  help.ending.sort((a, b) => a.expires.localeCompare(b.expires));
  help.waiting.sort((a, b) => a.since.localeCompare(b.since));
  return help;
}

/** Of the tasks that were judged, how many have to be done again; null where none was judged: no share is not nought. */
export const returnedShare = ({ tasksValidated, tasksInvalidated }: ProjectStatistics): number | null => (tasksValidated + tasksInvalidated === 0 ? null : tasksInvalidated / (tasksValidated + tasksInvalidated));

/** A table as a file: quoted where it must be, and no cell begins a formula. */
export function csvOf(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
