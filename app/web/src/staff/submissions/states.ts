import type { Submission, SubmissionState, Verb } from '../answers';
import type { Desk } from '../desk.svelte';
import type { Tone } from '../parts/StateMark.svelte';
import type { StaffSay } from '../words';

export const STATES: SubmissionState[] = ['checking', 'draft', 'in-review', 'changes-requested', 'published', 'rejected', 'withdrawn', 'failed'];
const TONES: Record<SubmissionState, Tone> = { checking: 'busy', draft: 'plain', 'in-review': 'busy', 'changes-requested': 'warn', published: 'ok', rejected: 'stop', withdrawn: 'plain', failed: 'stop' };
export const toneOf = (state: SubmissionState): Tone => TONES[state];

type Snake<S extends string> = S extends `${infer A}-${infer B}` ? `${A}_${Snake<B>}` : S;
const snake = <S extends string>(text: S): Snake<S> => text.replaceAll('-', '_') as Snake<S>;
export const stateWord = (say: StaffSay, state: SubmissionState): string => say.text(`state_${snake(state)}`);

/** What is done to a submission by one word to the server; the others have screens of their own. */
export type Decision = Exclude<Verb, 'settle' | 'recheck'>;
export const DECISIONS: Decision[] = ['submit', 'approve', 'request-changes', 'reject', 'withdraw'];
export const verbWord = (say: StaffSay, verb: Decision | 'undo'): string => say.text(`verb_${snake(verb)}`);
export const askWord = (say: StaffSay, verb: Decision | 'undo'): string => say.text(`ask_${snake(verb)}`);
export const doneWord = (say: StaffSay, verb: Decision): string => say.text(`done_${snake(verb)}`);
/** Whoever gets a no reads why. */
export const noteOf = (verb: Decision | 'undo'): 'none' | 'may' | 'must' => (verb === 'request-changes' || verb === 'reject' ? 'must' : verb === 'approve' || verb === 'undo' ? 'may' : 'none');

export const mayUndo = (desk: Desk, one: Submission): boolean => one.state === 'published' && one.revision !== null && desk.can('revision.undo');

/** How long publishing a large layer may take before we look again. */
export const PUBLISHING_MS = 600_000;
