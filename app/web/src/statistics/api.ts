import { reach } from '../api';

/** What an office ended of one procedure in one month; of a month with few files the numbers are held back. */
export interface Row {
  office: string;
  procedure: string;
  month: string;
  few: boolean;
  ended: number | null;
  inTime: number | null;
  late: number | null;
  untimed: number | null;
  meanDays: number | null;
}

const PATH = '/api/office-statistics';

/** The address of the numbers for programs; months as 2026-03. */
export const dataOf = (from: string, to: string, form: 'json' | 'csv'): string => `${PATH}?${new URLSearchParams({ from, to, f: form })}`;

export async function statistics(from: string, to: string): Promise<Row[]> {
  const response = await reach(dataOf(from, to, 'json'), { headers: { accept: 'application/json' } });
  return ((await response.json()) as { items: Row[] }).items;
}
