import type { Holding } from '../answers';

/** People, organisations, roles and other programs. */
export interface Person {
  id: string;
  name: string;
  email: string;
  roles: Holding[];
  blocked: boolean;
  created: string;
  seen: string | null;
}
export type OrganisationKind = 'city' | 'department' | 'university' | 'community';
export interface Organisation {
  id: string;
  kind: OrganisationKind;
  name: string;
  people: number;
}
export interface Role {
  id: string;
  title: string;
  text: string;
  needsOrganisation: boolean;
}
export interface Roles {
  roles: Role[];
  actions: { id: string; title: string; reach: Record<string, 'all' | 'department' | 'own'> }[];
}
export interface Application {
  id: string;
  name: string;
  redirects: string[];
  scopes: string[];
  created: string;
  seen: string | null;
  clientId?: string;
  secret?: string | null;
}
/** A role as it is given: the organisation by its id. */
export interface Given {
  role: string;
  organisation: string | null;
}
/** What was given to someone; being a resident is given by signing in. */
export const given = (roles: readonly Holding[]): Given[] => roles.filter(({ role }) => role !== 'resident').map(({ role, organisation }) => ({ role, organisation: organisation?.id ?? null }));
export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
