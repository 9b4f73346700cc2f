import type { Given, Question } from '../procedures/api';
import type { Say } from '../say';
import type { Words } from '../words';
import type { CaseFile, CaseState, Due } from './api';
import type { CaseWords, OwnCaseWords } from './words';

type Speaker = Say<Words & OwnCaseWords>;
export type Tone = 'plain' | 'ok' | 'warn' | 'stop' | 'busy';

/** Where a case stands; a term that ran out is told by what that means. */
export function standing(say: Speaker, file: Pick<CaseFile, 'state' | 'end' | 'report'>): { text: string; tone: Tone } {
  const effect = file.state === 'fell-silent' ? (file.end?.effect ?? null) : null;
  switch (effect) {
    case 'on-filing':
      return { text: say.text('case_in_effect'), tone: 'ok' };
    case 'positive':
      return { text: say.text('case_silent_granted'), tone: 'ok' };
    case 'negative':
      return { text: say.text('case_silent_refused'), tone: 'stop' };
    case 'none':
    case null:
      return { text: file.report && file.state === 'granted' ? say.text('case_done') : file.report && file.state === 'refused' ? say.text('case_not_done') : stateWord(say, file.state), tone: toneOf(file.state) };
  }
}

export const stateWord = (say: Speaker, state: CaseState): string => say.text(`case_${state.replaceAll('-', '_')}` as keyof OwnCaseWords);

/** What a step did; one that this page has no word for stays its name. */
export function verbWord(say: Speaker, verb: string): string {
  const key = `did_${verb.replaceAll('-', '_')}` as keyof OwnCaseWords;
  return say.has(key) ? say.text(key) : verb;
}

export function toneOf(state: CaseState): Tone {
  switch (state) {
    case 'granted':
      return 'ok';
    case 'awaiting-payment':
    case 'prevented':
    case 'fulfilled':
    case 'fell-silent':
      return 'warn';
    case 'refused':
    case 'not-presented':
      return 'stop';
    case 'filed':
    case 'under-review':
      return 'busy';
    case 'draft':
    case 'withdrawn':
    case 'archived':
      return 'plain';
  }
}

const DAY_MS = 86_400_000;

/** An amount of money with its cents, as it is charged. */
export function money(say: Speaker, amount: string, currency: string): string {
  return `${new Intl.NumberFormat(say.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(Number(amount))} ${currency}`;
}

/** How many days remain of a term: 0 on its last day, less than that once it has passed; null where no day is set. */
export function daysLeft(due: Due | null, now = Date.now()): number | null {
  if (due?.end == null) return null;
  const left = Date.parse(due.end) - now;
  return left <= 0 ? -1 : Math.floor((left - 1) / DAY_MS);
}

/** "in 3 days", "today", "this day has passed". */
export function leftWord(say: Speaker, left: number): string {
  return left < 0 ? say.text('due_past') : left === 0 ? say.text('due_today') : say.count('due_in', left);
}

/** An answer as people read it. */
export function answerText(say: Say<CaseWords>, question: Pick<Question, 'choices' | 'unit'> | null, value: Given | null | undefined): string {
  if (value === null || value === undefined) return say.text('file_no_answer');
  if (typeof value === 'object') {
    if (value.type === 'Point') return say.place(value.coordinates[0]!, value.coordinates[1]!);
    return say.text('drawn_shape');
  }
  const choice = question?.choices?.find((one) => one.value === String(value));
  return choice ? choice.label : say.value(value, question?.unit?.replace('m2', 'm²') ?? null);
}
