import type { StaffSay } from '../../staff/words';
import { TASK_STATUSES } from '../task-colors';

/** Why one may not, in words; one that this page does not know stays its code. */
export function refusalText(say: StaffSay, code: string | null): string {
  if (code === null) return '';
  const key = `refusal_${code}`;
  return say.has(key) ? say.text(key as 'refusal_UserNotAllowed') : code;
}

/** One line of a task's history in words: what it became, how long it was held, what was said. */
export function eventText(say: StaffSay, action: string, text: string | null): string {
  if (action === 'COMMENT') return `“${text ?? ''}”`;
  if (action === 'STATE_CHANGE') {
    const status = TASK_STATUSES.find((one) => one === text);
    return status ? say.text(`task_status_${status}`) : text === 'SPLIT' ? say.text('task_event_SPLIT') : (text ?? '');
  }
  const key = `task_event_${action}`;
  const said = say.has(key) ? say.text(key as 'task_event_SPLIT') : action;
  return text && /^\d+:\d\d:\d\d$/.test(text) ? `${said} (${text})` : said;
}

/** What is left of a lease: "1 h 05 min", "4 min", or nothing. */
export function leftOf(say: StaffSay, expires: string, now: number): string {
  const minutes = Math.max(0, Math.floor((Date.parse(expires) - now) / 60_000));
  return minutes >= 60 ? say.text('left_hours', { h: Math.floor(minutes / 60), min: String(minutes % 60).padStart(2, '0') }) : say.text('left_minutes', { min: minutes });
}
