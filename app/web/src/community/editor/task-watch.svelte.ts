import { asked } from '../../api';
import type { Notice } from '../../staff/answers';
import type { Ask } from '../../staff/ask';
import { path } from '../../staff/ask';
import { changedLines, instructionsOf, readTask, type TaskWork } from './task';

const NOTICES_MS = 15_000;
const PROJECT_MS = 60_000;

/**
 * A task as it is now, followed while somebody works in it: its lock as it changes, what the instructions became since the
 * page was opened, and who else uploads inside it.
 */
export class TaskWatch {
  work = $state.raw<TaskWork>()!;
  #known = $state.raw<string[]>([]);
  /** Lines of the instructions that came or went since the mapper last said that they read them. */
  readonly changed = $derived(changedLines(this.#known, instructionsOf(this.work)));
  /** What the mapper was told of others who edit in this task, and has not yet seen here; the newest first. */
  strangers = $state.raw<Notice[]>([]);
  /** Notices that need not be shown: they are older than the map that was loaded, or were seen. */
  #heard: Set<string> | null = null;

  constructor(
    private readonly ask: Ask,
    work: TaskWork,
  ) {
    this.work = work;
    this.#known = instructionsOf(work);
  }

  /** Begins to follow; what it answers ends that. */
  follow(): () => void {
    const { projectId, taskId } = this.work.task;
    const live = new EventSource(path('/api/v2/projects/{}/tasks/queries/live/', projectId));
    live.addEventListener('task', (event: MessageEvent<string>) => {
      if ((JSON.parse(event.data) as { taskId: number }).taskId === taskId) void this.again();
    });
    void this.#listen();
    const timers = [setInterval(() => void this.again(), PROJECT_MS), setInterval(() => void this.#listen(), NOTICES_MS)];
    return () => {
      live.close();
      timers.forEach(clearInterval);
    };
  }

  /** Reads the task and its project again; where that fails, what was known stays. */
  async again(): Promise<void> {
    const { projectId, taskId } = this.work.task;
    const found = await asked(readTask(this.ask, { project: projectId, task: taskId }));
    if (found.state === 'here') this.work = found.value;
  }

  /** The mapper has read the instructions as they are now. */
  instructionsRead(): void {
    this.#known = instructionsOf(this.work);
  }

  /** The mapper knows of the others. */
  strangersSeen(): void {
    for (const one of this.strangers) this.#heard?.add(one.id);
    this.strangers = [];
  }

  async #listen(): Promise<void> {
    const { projectId, taskId } = this.work.task;
    const found = await asked(this.ask.get<{ items: Notice[] }>('/api/notices'));
    if (found.state !== 'here') return;
    const { items } = found.value;
    this.#heard ??= new Set(items.map((one) => one.id));
    const news = items.filter((one) => !this.#heard?.has(one.id));
    this.strangers = news.filter((one) => one.kind === 'task-edited-by-another' && one.link === `/edit?task=${projectId}/${taskId}`);
    if (news.some((one) => one.kind === 'instructions-changed')) await this.again();
  }
}
