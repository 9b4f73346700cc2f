import type { Row } from './api';

/** What is known of one office or one procedure over some months; `hidden` months told no number. */
export interface Sum {
  id: string;
  ended: number;
  inTime: number;
  late: number;
  untimed: number;
  hidden: number;
  /** Days from filing to the end, weighed by files; null where no number is known. */
  meanDays: number | null;
}

/** Sums rows by a key, the most files first; months whose numbers are held back are counted and never guessed. */
export function sumsBy(rows: readonly Row[], key: (row: Row) => string): Sum[] {
  const sums = new Map<string, Sum & { days: number }>();
  for (const row of rows) {
    const id = key(row);
    const sum = sums.get(id) ?? { id, ended: 0, inTime: 0, late: 0, untimed: 0, hidden: 0, meanDays: null, days: 0 };
    sums.set(id, sum);
    if (row.few || row.ended === null) {
      sum.hidden++;
      continue;
    }
    sum.ended += row.ended;
    sum.inTime += row.inTime ?? 0;
    sum.late += row.late ?? 0;
    sum.untimed += row.untimed ?? 0;
    sum.days += (row.meanDays ?? 0) * row.ended;
  }
  return [...sums.values()].map(({ days, ...sum }) => ({ ...sum, meanDays: sum.ended ? days / sum.ended : null })).sort((a, b) => b.ended - a.ended || a.id.localeCompare(b.id));
}

/** The share that was in time of those that had a term, 0 to 1; null where none had. */
export const shareOf = (sum: Pick<Sum, 'inTime' | 'late'>): number | null => (sum.inTime + sum.late === 0 ? null : sum.inTime / (sum.inTime + sum.late));

/** A month so many before another, as 2026-03. */
export function monthBefore(month: string, months: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const all = year * 12 + (number - 1) - months;
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, '0')}`;
}
