import { asked, type Problem } from '../../api';
import type { LiveEvent, TaskMap, TaskProperties, Tasking } from '../api';
import { TASK_STATUSES } from '../task-colors';

/** The tasks after something happened to one of them; null where only the server knows what they are now, as after one was cut. */
export function after(tasks: TaskMap, event: LiveEvent): TaskMap | null {
  const { taskStatus, taskId } = event;
  if (taskStatus === null) return tasks;
  if (!TASK_STATUSES.includes(taskStatus)) return null;
  const at = tasks.features.findIndex((one) => one.properties.taskId === taskId);
  const before = tasks.features[at];
  if (!before) return null;
  const properties: TaskProperties = { ...before.properties, taskStatus, lockHolder: event.lockHolder, lockedBy: event.lockedBy };
  return { ...tasks, features: tasks.features.with(at, { ...before, properties }) };
}

/** The tasks of a project as they are now: read once, then followed as things happen to them. */
export class LiveTasks {
  tasks = $state.raw<TaskMap | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** False while what is shown may be old. */
  isLive = $state(false);
  /** What happened last, newest first. */
  recent = $state.raw<LiveEvent[]>([]);
  #source: EventSource | null = null;
  #reading = 0;
  #isReading = false;

  constructor(
    private readonly tasking: Tasking,
    private readonly project: number,
    private readonly heard: (event: LiveEvent) => void = () => undefined,
  ) {}

  /** Follows first and reads then, so that nothing between is missed. */
  start(): void {
    const source = (this.#source = new EventSource(`/api/v2/projects/${this.project}/tasks/queries/live/`));
    source.addEventListener('open', () => {
      this.isLive = true;
      void this.read();
    });
    source.addEventListener('error', () => (this.isLive = false));
    source.addEventListener('task', (message) => this.#take(JSON.parse((message as MessageEvent<string>).data) as LiveEvent));
    void this.read();
  }

  stop(): void {
    this.#source?.close();
    this.#source = null;
  }

  /** Reads all of them again. */
  async read(): Promise<void> {
    const mine = ++this.#reading;
    this.#isReading = true;
    const answer = await asked(this.tasking.tasks(this.project));
    if (mine !== this.#reading) return;
    this.#isReading = false;
    this.problem = answer.state === 'failed' ? answer.problem : null;
    if (answer.state === 'here') this.tasks = answer.value;
  }

  #take(event: LiveEvent): void {
    this.recent = [event, ...this.recent].slice(0, 20);
    const next = this.tasks && after(this.tasks, event);
    if (next) this.tasks = next;
    // a reading that is on its way may be older than this
    if (!next || this.#isReading) void this.read();
    this.heard(event);
  }
}
