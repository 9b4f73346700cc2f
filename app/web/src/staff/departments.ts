import { asked } from '../api';
import type { Named } from './answers';
import type { Page } from './ask';
import type { Desk } from './desk.svelte';

/** Departments that whoever is at the desk may act for: their own, or every one where the server tells. */
export async function departmentsOf(desk: Desk): Promise<Named[]> {
  const mine = (desk.account?.roles ?? []).flatMap(({ organisation }) => (organisation ? [organisation] : []));
  const all = desk.account?.roles.some(({ organisation }) => organisation === null && desk.can('organisation.manage')) ?? false;
  const found = all || mine.length === 0 ? await asked(desk.ask.get<Page<Named & { kind: string }>>('/api/organisations')) : null;
  const told = found?.state === 'here' ? found.value.items.filter((one) => one.kind === 'department' || one.kind === 'city') : mine;
  return [...new Map(told.map((one) => [one.id, { id: one.id, name: one.name }])).values()].sort((a, b) => a.name.localeCompare(b.name, desk.say.locale));
}
