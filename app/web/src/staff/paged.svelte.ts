import { asked, type Problem } from '../api';
import type { Page } from './ask';

/** A list that the server hands out page by page; a page that fails leaves those before it. */
export class Paged<T> {
  items = $state.raw<T[]>([]);
  next = $state.raw<string | null>(null);
  state = $state<'waiting' | 'more' | 'here' | 'failed'>('waiting');
  problem = $state.raw<Problem | null>(null);
  #asking: AbortController | null = null;
  #fetch: ((after: string | null, signal: AbortSignal) => Promise<Page<T>>) | null = null;

  /** Begins anew; an answer still on its way is forgotten. */
  async load(fetch: (after: string | null, signal: AbortSignal) => Promise<Page<T>>, { quietly = false } = {}): Promise<void> {
    this.#fetch = fetch;
    if (!quietly) {
      this.items = [];
      this.state = 'waiting';
    }
    await this.#page(null, true);
  }

  async more(): Promise<void> {
    if (this.state === 'more' || !this.#fetch) return;
    this.state = 'more';
    await this.#page(this.next, false);
  }

  /** Asks again for the page that failed. */
  async again(): Promise<void> {
    if (!this.#fetch) return;
    this.state = this.items.length ? 'more' : 'waiting';
    await this.#page(this.items.length ? this.next : null, this.items.length === 0);
  }

  /** Puts a changed item in the place of the one that was there. */
  replace(matches: (item: T) => boolean, item: T): void {
    this.items = this.items.map((one) => (matches(one) ? item : one));
  }

  async #page(after: string | null, anew: boolean): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    const answer = await asked(this.#fetch!(after, asking.signal));
    if (asking.signal.aborted || answer.state === 'waiting') return;
    if (answer.state === 'failed') {
      this.problem = answer.problem;
      this.state = 'failed';
      return;
    }
    this.problem = null;
    this.items = anew ? answer.value.items : [...this.items, ...answer.value.items];
    this.next = answer.value.next ?? null;
    this.state = 'here';
  }
}
