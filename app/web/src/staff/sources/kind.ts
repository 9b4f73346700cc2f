import type { StaffSay, StaffWord } from '../words';
import { EVERY, KINDS, type Run, type Source } from './answers';
import type { Tone } from '../parts/StateMark.svelte';

/** A kind in words; one that a newer server has is called by its own name. */
export const kindOf = (say: StaffSay, kind: string): string => ((KINDS as readonly string[]).includes(kind) ? say.text(`src_kind_${kind}` as StaffWord) : kind);

const WORDS = { PT1H: 'every_PT1H', P1D: 'every_P1D', P7D: 'every_P7D', P30D: 'every_P1M', P90D: 'every_P3M', P365D: 'every_P1Y' } as const;
/** Hours of a duration such as P7D or PT168H, which are the same; NaN for others. */
export function hoursOf(duration: string): number {
  const [, days, hours] = /^P(?:(\d+)D)?(?:T(\d+)H)?$/.exec(duration) ?? [];
  return days === undefined && hours === undefined ? NaN : Number(days ?? 0) * 24 + Number(hours ?? 0);
}
/** The offered rhythm that is the same as one; itself where none is. */
export const offered = (every: string): string => EVERY.find((one) => hoursOf(one) === hoursOf(every)) ?? every;

/** How often, in words; a period nobody foresaw stays as ISO 8601 writes it. */
export function everyOf(say: StaffSay, every: string | null): string {
  if (every === null) return say.text('src_every_hand');
  const one = EVERY.find((each) => hoursOf(each) === hoursOf(every));
  return one ? say.text(WORDS[one]) : every;
}

export const STATE_TONES: Record<Source['state'], Tone> = { idle: 'ok', running: 'busy', failing: 'stop', off: 'plain' };
export const OUTCOME_TONES: Record<NonNullable<Run['outcome']>, Tone> = { unchanged: 'plain', submitted: 'warn', published: 'ok', failed: 'stop', cancelled: 'plain' };

/** Bytes as people read them. */
export function bytesOf(say: StaffSay, bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let at = 0;
  let size = bytes;
  while (size >= 1000 && at < units.length - 1) {
    size /= 1000;
    at++;
  }
  return `${say.number(size, at === 0 ? 0 : 1)} ${units[at]}`;
}

/** How long something took. */
export function tookOf(say: StaffSay, from: string, to: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
  return seconds < 90 ? `${say.number(seconds, 0)} s` : `${say.number(Math.round(seconds / 60), 0)} min`;
}
