import { Problem, asked, type Asked } from '../../api';
import type { Ask } from '../../staff/ask';
import { path } from '../../staff/ask';
import { reach } from '../../api';

/** Edits that have not been uploaded, kept so that nothing is lost. */
export interface Draft {
  id: string;
  saved: string;
  changes: number;
  comment: string;
  task: string | null;
  /** Where it is kept. */
  place: 'server' | 'device' | 'both';
}
interface Kept extends Omit<Draft, 'place'> {
  text: string;
  account: string;
}

const LOCAL = 'tequio.osm-draft.';
const QUIET_MS = 2_500;
const AGAIN_MS = 15_000;

/**
 * Keeps what somebody draws while they draw it: at once on the device, and on the server some seconds after each pause.
 * Only an upload that the server has confirmed, or the mapper's own word, removes a draft.
 */
export class DraftKeeper {
  /** What is known of the draft's safety. */
  state = $state<'nothing' | 'saving' | 'saved' | 'device' | 'refused'>('nothing');
  saved = $state<Date | null>(null);
  problem = $state.raw<Problem | null>(null);
  #id: string;
  #timer = 0;
  #sending: Promise<void> = Promise.resolve();
  #text: string | null = null;
  #sent: string | null = null;
  /** Whether the server may have it: also where its answer was lost. */
  #isThere = false;

  /** @param begun a draft that is gone on with; null where one begins */
  constructor(
    private readonly ask: Ask,
    private readonly account: string,
    private readonly task: string | null,
    begun: (Pick<Draft, 'id' | 'place'> & { text: string }) | null,
  ) {
    this.#id = begun?.id ?? crypto.randomUUID();
    this.#text = begun?.text ?? null;
    this.#isThere = begun !== null && begun.place !== 'device';
    addEventListener('online', () => this.#soon(0));
  }

  /** Notes what the draft is now; null where nothing is left to keep. */
  note(text: string | null, changes: number, comment: string): void {
    if (text === null) {
      if (this.#text !== null) void this.forget();
      return;
    }
    if (text === this.#text && this.state !== 'nothing') return;
    this.#text = text;
    this.state = 'saving';
    const kept: Kept = { id: this.#id, saved: new Date().toISOString(), changes, comment, task: this.task, text, account: this.account };
    try {
      localStorage.setItem(LOCAL + this.#id, JSON.stringify(kept));
    } catch (full) {
      // the device has no room; the server's copy is the one that counts
      if (!(full instanceof DOMException)) throw full;
    }
    this.#soon(QUIET_MS);
  }

  /** Sends what has not been sent, now. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#sending = this.#sending.then(() => this.#send());
    return this.#sending;
  }

  /** The draft is not needed any more: it was uploaded, or thrown away. */
  async forget(): Promise<void> {
    clearTimeout(this.#timer);
    this.#text = null;
    await this.#sending;
    if (this.#text !== null) return;
    const id = this.#id;
    const isThere = this.#isThere;
    this.#id = crypto.randomUUID();
    this.#sent = null;
    this.#isThere = false;
    this.state = 'nothing';
    localStorage.removeItem(LOCAL + id);
    if (isThere) await this.#discard(id);
  }

  /** What is on the map must not be offered again as if it were not: asks until the server has answered. */
  async #discard(id: string): Promise<void> {
    try {
      await discard(this.ask, { id, place: 'server' });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.unreachable || (problem.status ?? 0) >= 500) setTimeout(() => void this.#discard(id), AGAIN_MS);
    }
  }

  #soon(wait: number): void {
    clearTimeout(this.#timer);
    if (this.#text !== null) this.#timer = window.setTimeout(() => void this.flush(), wait);
  }

  async #send(): Promise<void> {
    const text = this.#text;
    if (text === null || text === this.#sent) return;
    const kept = localStorage.getItem(LOCAL + this.#id);
    const comment = kept ? (JSON.parse(kept) as Kept).comment : '';
    this.#isThere = true;
    const result = await asked(put(this.ask, this.#id, text, this.task, comment));
    if (result.state === 'here') {
      this.#sent = text;
      this.saved = new Date(result.value.saved);
      this.problem = null;
      if (this.#text === text) this.state = 'saved';
    } else if (result.state === 'failed') {
      this.problem = result.problem;
      this.state = result.problem.unreachable || (result.problem.status ?? 0) >= 500 ? 'device' : 'refused';
      this.#soon(AGAIN_MS);
    }
  }
}

async function put(ask: Ask, id: string, text: string, task: string | null, comment: string): Promise<{ saved: string }> {
  const response = await reach(ask.address(path('/api/map/drafts/{}', id), { task, comment }), { method: 'PUT', headers: { accept: 'application/json', 'content-type': 'application/xml', ...ask.mark() }, body: text, keepalive: text.length < 60_000 });
  return (await response.json()) as { saved: string };
}

/** What a person has not uploaded, the newest first: on the server, and on this device where it never got there. */
export async function listDrafts(ask: Ask, account: string): Promise<Asked<Draft[]>> {
  const there = await asked(ask.get<{ items: Omit<Draft, 'place'>[] }>('/api/map/drafts'));
  const here = keptHere().filter((one) => one.account === account);
  const all = new Map<string, Draft>(here.map(({ text: _, account: __, ...one }) => [one.id, { ...one, place: 'device' as const }]));
  if (there.state === 'here') {
    for (const one of there.value.items) {
      const local = all.get(one.id);
      all.set(one.id, local && local.saved > one.saved ? { ...local, place: 'both' } : { ...one, place: local ? 'both' : 'server' });
    }
  } else if (there.state === 'failed' && all.size === 0) return there;
  return { state: 'here', value: [...all.values()].sort((a, b) => b.saved.localeCompare(a.saved)) };
}

/** The draft's osmChange document: the newer of the two copies. */
export async function readDraft(draft: Draft): Promise<string> {
  const local = localStorage.getItem(LOCAL + draft.id);
  const kept = local ? (JSON.parse(local) as Kept) : null;
  if (kept && (draft.place === 'device' || kept.saved >= draft.saved)) return kept.text;
  const response = await reach(path('/api/map/drafts/{}', draft.id), { headers: { accept: 'application/xml' } });
  return response.text();
}

/** Throws a draft away, wherever it is kept. */
export async function discard(ask: Ask, draft: Pick<Draft, 'id' | 'place'>): Promise<void> {
  if (draft.place !== 'device') {
    const result = await asked(ask.delete(path('/api/map/drafts/{}', draft.id)));
    if (result.state === 'failed' && result.problem.status !== 404) throw result.problem;
  }
  localStorage.removeItem(LOCAL + draft.id);
}

function keptHere(): Kept[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(LOCAL)).map((key) => JSON.parse(localStorage.getItem(key)!) as Kept);
}
