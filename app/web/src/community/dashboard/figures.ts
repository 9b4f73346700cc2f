import type { ProjectStatistics } from '../api';

/** Of the tasks that were judged, how many have to be done again; null where none was judged: no share is not nought. */
export const returnedShare = ({ tasksValidated, tasksInvalidated }: ProjectStatistics): number | null => (tasksValidated + tasksInvalidated === 0 ? null : tasksInvalidated / (tasksValidated + tasksInvalidated));

/** A table as a file: quoted where it must be, and no cell begins a formula. */
export function csvOf(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
