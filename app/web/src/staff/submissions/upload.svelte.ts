import { asked, type Problem } from '../../api';
import { path, type Ask } from '../ask';
import { forgetUpload, keepUpload, markOf, type Kept } from './kept';

interface Received {
  id: string;
  received: number;
}
const CHUNK = 4 * 1024 * 1024;
const WAITS_MS = [1000, 2000, 4000, 8000, 15_000];

/**
 * One file on its way to the server, piece by piece. What the server has acknowledged stays there: after a pause, a lost connection or a
 * closed browser it goes on from that byte.
 */
export class Upload {
  state = $state<'sending' | 'paused' | 'lost' | 'done' | 'refused'>('sending');
  sent = $state(0);
  problem = $state.raw<Problem | null>(null);
  /** Bytes a second over the last pieces; null until it is known. */
  speed = $state<number | null>(null);
  #sending: AbortController | null = null;
  #wake: (() => void) | null = null;

  private constructor(
    private readonly ask: Ask,
    readonly file: File,
    readonly kept: Kept,
  ) {}

  get id(): string {
    return this.kept.id;
  }

  /** Begins a new upload; throws the Problem where the server will not have it. */
  static async begin(ask: Ask, file: File, files: string[], handle: FileSystemFileHandle | null): Promise<Upload> {
    const [{ id }, mark] = await Promise.all([ask.post<Received>('/api/uploads', { name: file.name, bytes: file.size }), markOf(file)]);
    const kept: Kept = { id, name: file.name, size: file.size, mark, files, handle, begun: Date.now() };
    await keepUpload(kept);
    return new Upload(ask, file, kept);
  }

  /** Goes on with one that was begun, by the same file; null where it is another file. */
  static async resume(ask: Ask, kept: Kept, file: File): Promise<Upload | null> {
    if (file.size !== kept.size || (await markOf(file)) !== kept.mark) return null;
    const upload = new Upload(ask, file, kept);
    upload.sent = (await ask.get<Received>(path('/api/uploads/{}', kept.id))).received;
    return upload;
  }

  /** Sends until all is there, or someone pauses it, or the server refuses. */
  async run(): Promise<void> {
    this.state = 'sending';
    this.problem = null;
    let tries = 0;
    while (this.sent < this.file.size) {
      const sending = new AbortController();
      this.#sending = sending;
      const from = this.sent;
      const began = performance.now();
      const answer = await asked(this.ask.sendBytes<Received>(path('/api/uploads/{}', this.id), { offset: from }, this.file.slice(from, from + CHUNK), sending.signal));
      if (sending.signal.aborted) return;
      if (answer.state === 'here') {
        tries = 0;
        this.state = 'sending';
        this.sent = Math.min(answer.value.received, this.file.size);
        const now = (this.sent - from) / ((performance.now() - began) / 1000);
        this.speed = this.speed === null ? now : this.speed * 0.7 + now * 0.3;
        if (this.sent <= from) return;
        continue;
      }
      if (answer.state === 'waiting') return;
      const { problem } = answer;
      // another piece had come already, or half of this one: the server knows how far it is
      if (problem.status === 409) {
        const known = await asked(this.ask.get<Received>(path('/api/uploads/{}', this.id)));
        if (known.state === 'here' && known.value.received !== from) {
          this.sent = known.value.received;
          continue;
        }
      }
      if (!problem.unreachable && problem.status !== 429 && (problem.status ?? 500) < 500) {
        this.problem = problem;
        this.state = 'refused';
        if (problem.status === 404) await forgetUpload(this.id);
        return;
      }
      this.state = 'lost';
      await this.#pause(problem.status === 429 ? Math.max(1, Number(problem.more['retry-after'] ?? 5)) * 1000 : WAITS_MS[Math.min(tries++, WAITS_MS.length - 1)]!);
      if (sending.signal.aborted) return;
    }
    this.state = 'done';
  }

  pause(): void {
    this.state = 'paused';
    this.#sending?.abort();
    this.#wake?.();
  }

  /** Takes it back; the server forgets what it has. */
  async drop(): Promise<void> {
    this.#sending?.abort();
    this.#wake?.();
    await Promise.all([forgetUpload(this.id), asked(this.ask.delete(path('/api/uploads/{}', this.id)))]);
  }

  /** Waits, but not once the connection is back. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        removeEventListener('online', go);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(go, ms);
      addEventListener('online', go);
      this.#wake = go;
    });
  }
}
