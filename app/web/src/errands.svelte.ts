import { Problem, asked, reach, type Asked } from './api';

/** A job of the server as its status document says it (OGC API – Processes). */
export interface Job {
  jobID: string;
  status: 'accepted' | 'running' | 'successful' | 'failed' | 'dismissed';
  message: string;
  progress: number;
  bytes?: number;
  expires?: string;
}
/** What the page remembers of a job, and how far the server last said it was. */
export interface Errand {
  id: string;
  title: string;
  job: Job | null;
  /** The page has said that it is ready, or why it is not. */
  told: boolean;
}

const KEPT = 'tequio.errands';
const EVERY_MS = 2_000;
const MOST = 20;

export const isOver = (job: Job | null) => job !== null && ['successful', 'failed', 'dismissed'].includes(job.status);

/**
 * The long work that this browser has asked for. It is asked for without saying who asks: whoever knows a job's
 * identifier may fetch it, and the browser keeps that until the server has let go of the job.
 */
export class Errands {
  list = $state.raw<Errand[]>([]);
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly lang: () => string,
    private readonly say: (errand: Errand) => void,
  ) {
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT) ?? '[]') as { id: string; title: string; told: boolean }[];
      this.list = kept.filter((one) => typeof one.id === 'string' && typeof one.title === 'string').slice(0, MOST).map((one) => ({ id: one.id, title: one.title, told: one.told === true, job: null }));
    } catch (notOurs) {
      if (!(notOurs instanceof SyntaxError || notOurs instanceof TypeError)) throw notOurs;
    }
    if (this.list.length) void this.#look();
    addEventListener('visibilitychange', () => this.#again(0));
    addEventListener('online', () => this.#again(0));
  }

  /** Where the result of a job is fetched. */
  href(errand: Errand): string {
    return `/ogc/jobs/${encodeURIComponent(errand.id)}/results/file`;
  }

  /** Asks a process; the answer is a refusal, or the errand that is now in the list. */
  async begin(process: string, title: string, inputs: object): Promise<Asked<Errand>> {
    const answer = await asked(this.#send('POST', `/ogc/processes/${process}/execution`, JSON.stringify({ inputs })));
    if (answer.state !== 'here') return answer;
    const errand: Errand = { id: answer.value.jobID, title, job: answer.value, told: false };
    this.#set([errand, ...this.list].slice(0, MOST));
    this.#again(300);
    return { state: 'here', value: errand };
  }

  /** Ends a job, or throws its result away, and forgets it. */
  async dismiss(errand: Errand): Promise<void> {
    this.#set(this.list.filter((one) => one.id !== errand.id));
    await asked(this.#send('DELETE', `/ogc/jobs/${encodeURIComponent(errand.id)}`));
  }

  async #send(method: string, path: string, body?: string): Promise<Job> {
    const headers = { accept: 'application/json', ...(body ? { 'content-type': 'application/json', prefer: 'respond-async' } : {}) };
    const response = await reach(`${path}?lang=${this.lang()}`, { method, headers, body, credentials: 'omit' });
    return (await response.json()) as Job;
  }

  #again(afterMs: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), afterMs);
  }

  async #look(): Promise<void> {
    this.#timer = null;
    if (document.hidden) return;
    const open = this.list.filter((one) => !isOver(one.job));
    const answers = await Promise.all(open.map((one) => asked(this.#send('GET', `/ogc/jobs/${encodeURIComponent(one.id)}`))));
    const now = new Map(open.map((one, i) => [one.id, answers[i]!]));
    const next: Errand[] = [];
    for (const one of this.list) {
      const answer = now.get(one.id);
      if (answer?.state === 'failed' && answer.problem instanceof Problem && answer.problem.status === 404) continue;
      const job = answer?.state === 'here' ? answer.value : one.job;
      const fresh = isOver(job) && !one.told;
      next.push({ ...one, job, told: one.told || fresh });
      if (fresh) this.say({ ...one, job });
    }
    this.#set(next);
    if (next.some((one) => !isOver(one.job))) this.#again(EVERY_MS);
  }

  #set(list: Errand[]): void {
    this.list = list;
    localStorage.setItem(KEPT, JSON.stringify(list.map(({ id, title, told }) => ({ id, title, told }))));
  }
}
