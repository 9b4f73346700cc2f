import { asked, type Problem } from '../../api';
import type { Named } from '../../staff/answers';
import { path, type Ask } from '../../staff/ask';
import type { Desk } from '../../staff/desk.svelte';
import { Tasking } from '../api';

export type JoinMethod = 'ANY' | 'BY_REQUEST' | 'BY_INVITE';
export const JOIN_METHODS: JoinMethod[] = ['ANY', 'BY_REQUEST', 'BY_INVITE'];
/** Somebody in a team; `active` is false while they have only asked. */
export interface Member {
  username: string;
  userId: string;
  function: 'MANAGER' | 'MEMBER';
  active: boolean;
}
export interface Team {
  teamId: number;
  name: string;
  organisation: string;
  description: string;
  joinMethod: JoinMethod;
  visibility: 'PUBLIC' | 'PRIVATE';
  members: Member[];
}
/** Somebody with an account, as coordinators find them. */
export interface FoundPerson {
  username: string;
  userId: string;
}
/** A level of experience, and how many tasks it asks for. */
export interface Level {
  id: number;
  name: string;
  tasks: number;
  foundGood: number;
}

export const teams = async (ask: Ask): Promise<Team[]> => (await new Tasking(ask).get<{ teams: Team[] }>('/api/v2/teams/')).teams;
export const team = (ask: Ask, id: string): Promise<Team> => new Tasking(ask).get<Team>(path('/api/v2/teams/{}/', id));
export const levels = async (ask: Ask): Promise<Level[]> => (await new Tasking(ask).get<{ levels: Level[] }>('/api/v2/levels/')).levels;
/** Does something with a team; a refusal comes as a problem in words. */
export const actOnTeam = <T>(ask: Ask, id: number, verb: 'join' | 'add' | 'leave', body: unknown = {}): Promise<T> => new Tasking(ask).post<T>(path(`/api/v2/teams/{}/actions/${verb}/`, id), body);

/** The organisations that one may make projects and teams for, with what kept some of them from coming. */
export async function organisationsOf(desk: Desk): Promise<{ list: Named[]; problem: Problem | null }> {
  const mine = (desk.account?.roles ?? []).flatMap((one) => (one.organisation ? [one.organisation] : []));
  const all = desk.can('organisation.manage') ? await asked(desk.ask.get<{ items: Named[] }>('/api/organisations')) : null;
  const list = [...mine, ...(all?.state === 'here' ? all.value.items : [])];
  return { list: [...new Map(list.map((one) => [one.id, one])).values()], problem: all?.state === 'failed' ? all.problem : null };
}
