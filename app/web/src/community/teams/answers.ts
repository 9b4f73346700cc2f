import { Tasking } from '../api';
import { path, type Ask } from '../../staff/ask';

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
