import { asked } from '../../api';
import type { Desk } from '../../staff/desk.svelte';
import type { LockedTasks, Tasking } from '../api';

/** What the reader holds, in any project: asked again whenever something of it may have changed. */
export class Held {
  tasks = $state.raw<readonly number[]>([]);
  project = $state.raw<number | null>(null);
  expires = $state.raw<string | null>(null);
  work = $state.raw<'map' | 'validate' | null>(null);

  constructor(
    private readonly desk: Desk,
    private readonly tasking: Tasking,
  ) {}

  async read(): Promise<void> {
    if (!this.desk.account) return;
    const answer = await asked(this.tasking.locked());
    if (answer.state === 'here') this.#take(answer.value);
  }

  #take({ lockedTasks, projectId, taskStatus, lockExpires }: LockedTasks): void {
    this.tasks = lockedTasks;
    this.project = projectId;
    this.expires = lockExpires;
    this.work = taskStatus === null ? null : taskStatus === 'LOCKED_FOR_VALIDATION' ? 'validate' : 'map';
  }
}
