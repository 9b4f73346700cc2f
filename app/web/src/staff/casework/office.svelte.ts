import { asked } from '../../api';
import { procedure, procedures, type Whole } from '../../procedures/api';
import type { Named } from '../answers';
import type { Desk } from '../desk.svelte';

/** The offices in which somebody works. */
export function officesOf(desk: Desk): Named[] {
  const mine = (desk.account?.roles ?? []).flatMap((one) => (one.role === 'officer' && one.organisation ? [one.organisation] : []));
  return mine.filter((one, i) => mine.findIndex((other) => other.id === one.id) === i);
}

/** The office that a page is about: the one in its address, else one's first. */
export function officeOf(desk: Desk): Named | null {
  const mine = officesOf(desk);
  return mine.find((one) => one.id === desk.query.get('office')) ?? mine[0] ?? null;
}

/** The offices whose keeping somebody looks after: all of the city for who administers it, else those of which one is steward. */
export function stewardedBy(desk: Desk, all: readonly Named[]): Named[] {
  const roles = desk.account?.roles ?? [];
  if (roles.some((one) => one.role === 'gis-admin')) return [...all];
  return roles.flatMap((one) => (one.role === 'steward' && one.organisation ? [one.organisation] : []));
}

/** An officer is away; days are those of the office, both inclusive. */
export interface Absence {
  number: number;
  officer: string;
  name: string | null;
  standIn: string;
  standInName: string | null;
  from: string;
  until: string;
  now: boolean;
}

/** What pages of case files know of offices, colleagues and procedures; asked for once a language. */
export class Offices {
  all = $state.raw<Named[]>([]);
  colleagues = $state.raw<Named[]>([]);
  absences = $state.raw<Absence[]>([]);
  /** The day that the office has, wherever its people sit. */
  today = $state('');
  #procedures = new Map<string, Whole>();

  constructor(private readonly desk: Desk) {}

  async load(): Promise<void> {
    const found = await asked(procedures(this.desk.say.lang));
    if (found.state !== 'here') return;
    const offices = found.value.map((one) => one.office);
    this.all = offices.filter((one, i) => offices.findIndex((other) => other.id === one.id) === i).sort((a, b) => a.name.localeCompare(b.name, this.desk.say.locale));
  }

  /** Who works in an office. */
  async meet(office: string): Promise<void> {
    const found = await asked(this.desk.ask.get<{ officers: Named[] }>('/api/inbox-officers', { office }));
    if (found.state === 'here') this.colleagues = found.value.officers;
    await this.missOf(office);
  }

  /** Who of an office is or will be away. */
  async missOf(office: string): Promise<void> {
    const found = await asked(this.desk.ask.get<{ today: string; items: Absence[] }>('/api/office-absences', { office }));
    if (found.state !== 'here') return;
    this.absences = found.value.items;
    this.today = found.value.today;
  }

  /** The absence of an officer who is away today. */
  awayNow(account: string | null): Absence | null {
    return this.absences.find((one) => one.now && one.officer === account) ?? null;
  }

  /** An office's name; its identifier where the packs have it no more. */
  name(id: string | null): string {
    return id === null ? '' : (this.all.find((one) => one.id === id)?.name ?? officesOf(this.desk).find((one) => one.id === id)?.name ?? id);
  }

  /** Who an officer is, as far as is known here. */
  officer(account: string | null): string {
    const { say } = this.desk;
    if (account === null) return say.text('nobody');
    if (account === this.desk.account?.id) return say.text('me');
    return this.colleagues.find((one) => one.id === account)?.name ?? say.text('an_officer');
  }

  /** A procedure whole, for the labels of its questions; null where it is not known any more. */
  async procedure(id: string): Promise<Whole | null> {
    const key = `${id} ${this.desk.say.lang}`;
    const known = this.#procedures.get(key);
    if (known) return known;
    const found = await asked(procedure(id, this.desk.say.lang));
    if (found.state !== 'here') return null;
    this.#procedures.set(key, found.value);
    return found.value;
  }
}
