import { asked, Problem, type Asked } from '../api';
import { keepDraft, type Draft } from '../procedures/draft';
import { newId, type CaseFile, type Terms } from './api';
import { keepFiling, readFiling } from './filing';
import type { Visitor } from './visitor.svelte';

/** A draft on its way into the account: saved under one identifier however often, then filed. */
export class DraftCase {
  file = $state.raw<Asked<CaseFile>>({ state: 'waiting' });
  terms = $state.raw<Asked<Terms>>({ state: 'waiting' });
  /** The draft as another device left it, where the two differ. */
  other = $state.raw<CaseFile | null>(null);

  constructor(
    private readonly visitor: Visitor,
    private readonly procedure: string,
  ) {}

  /** Saves the answers; an account that the draft is not of gets a draft of its own. */
  async save(draft: Draft): Promise<void> {
    this.file = { state: 'waiting' };
    this.other = null;
    const kept = readFiling(this.procedure) ?? { id: newId(), version: 0 };
    keepFiling(this.procedure, kept);
    const answer = await this.#put(kept.id, kept.version, draft);
    if (answer.state === 'failed' && answer.problem.status === 404) {
      keepFiling(this.procedure, { id: newId(), version: 0 });
      this.#take(await this.#put(readFiling(this.procedure)!.id, 0, draft));
    } else if (answer.state === 'failed' && answer.problem.status === 409) {
      await this.#settle(kept.id, answer.problem);
    } else this.#take(answer);
  }

  async #settle(id: string, problem: Problem): Promise<void> {
    const there = await asked(this.visitor.ask.get<CaseFile>(`/api/cases/${id}`));
    // filed already, perhaps by a click whose answer never came
    if (there.state === 'here' && there.value.state !== 'draft') this.file = there;
    else if (there.state === 'here') this.other = there.value;
    else this.file = { state: 'failed', problem };
  }

  /** Of two drafts keeps the one of this device. */
  async keepMine(draft: Draft): Promise<void> {
    const other = this.other!;
    keepFiling(this.procedure, { id: other.id, version: other.version });
    await this.save(draft);
  }

  /** Of two drafts takes the other into this device. */
  takeOther(): Draft {
    const other = this.other!;
    const draft = Object.fromEntries(Object.entries(other.inputs).filter(([, value]) => value !== null)) as Draft;
    keepDraft(this.procedure, draft);
    keepFiling(this.procedure, { id: other.id, version: other.version });
    this.other = null;
    this.file = { state: 'here', value: other };
    return draft;
  }

  /** What a filing made now would cost and when it would fall due. */
  async ask(): Promise<void> {
    if (this.file.state !== 'here') return;
    this.terms = { state: 'waiting' };
    this.terms = await asked(this.visitor.ask.get<Terms>(`/api/cases/${this.file.value.id}/terms`));
  }

  /** Files it; the draft on the device has then done its work. */
  async send(): Promise<Asked<CaseFile>> {
    const { id, version } = (this.file as { value: CaseFile }).value;
    const answer = await asked(this.visitor.ask.post<CaseFile>(`/api/cases/${id}/file`, { version }));
    if (answer.state === 'here') {
      this.file = answer;
      keepFiling(this.procedure, null);
      keepDraft(this.procedure, {});
    }
    return answer;
  }

  #put(id: string, version: number, inputs: Draft): Promise<Asked<CaseFile>> {
    return asked(this.visitor.ask.put<CaseFile>(`/api/cases/${id}`, { procedure: this.procedure, version, inputs }));
  }

  #take(answer: Asked<CaseFile>): void {
    this.file = answer;
    if (answer.state === 'here') keepFiling(this.procedure, { id: answer.value.id, version: answer.value.version });
  }
}
