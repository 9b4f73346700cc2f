import type { Component } from 'svelte';
import type { Desk } from './desk.svelte';
import type { Glyph } from './parts/Glyph.svelte';
import type { StaffWord } from './words';

/** A page of the workspace. Its path's blanks (`{}`) come to it as `ids`. */
export interface Place {
  path: string;
  load: () => Promise<{ default: Component<{ desk: Desk; ids: string[] }> }>;
  /** Actions any of which opens it; none: everyone who has signed in; `null`: everyone. */
  needs: string[] | null;
  /** Without the navigation: one is at the door. */
  bare?: true;
  /** Its line in the navigation, where it has one. */
  nav?: { word: StaffWord; glyph: Glyph; group: Group };
}
export type Group = 'work' | 'map' | 'city' | 'community';
export const GROUPS: { id: Group; word: StaffWord }[] = [
  { id: 'work', word: 'nav_work' },
  { id: 'map', word: 'nav_map' },
  { id: 'city', word: 'nav_city' },
  { id: 'community', word: 'nav_community' },
];

const ANYONE = null;
const SIGNED_IN: string[] = [];

/** Every page there is: a new screen is one component and one line here. */
export const PLACES: Place[] = [
  { path: '/sign-in', load: () => import('./account/SignIn.svelte'), needs: ANYONE, bare: true },
  { path: '/sign-up', load: () => import('./account/SignUp.svelte'), needs: ANYONE, bare: true },
  { path: '/confirm', load: () => import('./account/Confirm.svelte'), needs: ANYONE, bare: true },
  { path: '/forgotten', load: () => import('./account/Forgotten.svelte'), needs: ANYONE, bare: true },
  { path: '/reset', load: () => import('./account/Reset.svelte'), needs: ANYONE, bare: true },
  { path: '/welcome', load: () => import('./account/Welcome.svelte'), needs: ANYONE, bare: true },
  { path: '/account', load: () => import('./account/MyAccount.svelte'), needs: SIGNED_IN },
  { path: '/account/notices', load: () => import('./account/Notices.svelte'), needs: SIGNED_IN },

  { path: '/staff/cases', load: () => import('./casework/Casework.svelte'), needs: ['case.work'], nav: { word: 'nav_cases', glyph: 'file', group: 'work' } },
  { path: '/staff/texts', load: () => import('./casework/Texts.svelte'), needs: ['case.work'] },
  { path: '/staff/absences', load: () => import('./casework/Absences.svelte'), needs: ['case.work'] },
  { path: '/staff/cases/{}', load: () => import('./casework/CasePage.svelte'), needs: ['case.work'] },

  { path: '/staff', load: () => import('./submissions/Inbox.svelte'), needs: ['layer.submit', 'layer.review'], nav: { word: 'nav_inbox', glyph: 'inbox', group: 'work' } },
  { path: '/staff/new', load: () => import('./submissions/NewSubmission.svelte'), needs: ['layer.submit'], nav: { word: 'nav_new', glyph: 'upload', group: 'work' } },
  { path: '/staff/submissions/{}', load: () => import('./submissions/SubmissionPage.svelte'), needs: ['layer.submit', 'layer.review'] },
  { path: '/staff/revisions', load: () => import('./revisions/Revisions.svelte'), needs: ['layer.submit', 'layer.review', 'revision.undo'], nav: { word: 'nav_revisions', glyph: 'history', group: 'map' } },
  { path: '/staff/revisions/{}', load: () => import('./revisions/RevisionPage.svelte'), needs: ['layer.submit', 'layer.review', 'revision.undo'] },

  { path: '/staff/reconcile', load: () => import('./reconcile/Reconciliations.svelte'), needs: ['reconcile.manage'], nav: { word: 'nav_reconcile', glyph: 'compare', group: 'map' } },
  { path: '/staff/reconcile/new', load: () => import('./reconcile/NewReconciliation.svelte'), needs: ['reconcile.manage'] },
  { path: '/staff/reconcile/{}', load: () => import('./reconcile/ReconciliationPage.svelte'), needs: ['reconcile.manage'] },
  { path: '/staff/reconcile/{}/compare', load: () => import('./reconcile/Compare.svelte'), needs: ['reconcile.manage'] },
  { path: '/staff/checks', load: () => import('./checks/Checks.svelte'), needs: ['check.run'], nav: { word: 'nav_checks', glyph: 'checks', group: 'map' } },
  { path: '/staff/checks/{}', load: () => import('./checks/CheckPage.svelte'), needs: ['check.run'] },
  { path: '/staff/sources', load: () => import('./sources/Sources.svelte'), needs: ['source.manage'], nav: { word: 'nav_sources', glyph: 'source', group: 'map' } },
  { path: '/staff/sources/new', load: () => import('./sources/NewSource.svelte'), needs: ['source.manage'] },
  { path: '/staff/sources/{}', load: () => import('./sources/SourcePage.svelte'), needs: ['source.manage'] },
  { path: '/staff/layers', load: () => import('./layers/Layers.svelte'), needs: ['layer.settings'], nav: { word: 'nav_layers', glyph: 'layers', group: 'map' } },
  { path: '/staff/layers/{}', load: () => import('./layers/LayerEditor.svelte'), needs: ['layer.settings'] },
  { path: '/staff/community-map', load: () => import('./community-map/MapImport.svelte'), needs: ['osm.import'], nav: { word: 'nav_map_import', glyph: 'upload', group: 'map' } },

  { path: '/staff/packs', load: () => import('./packs/Packs.svelte'), needs: ['pack.manage'], nav: { word: 'nav_packs', glyph: 'scale', group: 'city' } },
  { path: '/staff/packs/{}', load: () => import('./packs/PackEditor.svelte'), needs: ['pack.manage'] },
  { path: '/staff/people', load: () => import('./people/People.svelte'), needs: ['people.manage'], nav: { word: 'nav_people', glyph: 'census', group: 'city' } },
  { path: '/staff/organisations', load: () => import('./people/Organisations.svelte'), needs: ['organisation.manage'], nav: { word: 'nav_organisations', glyph: 'department', group: 'city' } },
  { path: '/staff/roles', load: () => import('./people/RolesPage.svelte'), needs: ['people.manage'], nav: { word: 'nav_roles', glyph: 'key', group: 'city' } },
  { path: '/staff/applications', load: () => import('./people/Applications.svelte'), needs: ['application.manage'], nav: { word: 'nav_applications', glyph: 'plug', group: 'city' } },
  { path: '/staff/keeping', load: () => import('./casework/Keeping.svelte'), needs: ['case.retention'], nav: { word: 'nav_keeping', glyph: 'history', group: 'city' } },
  { path: '/staff/privacy', load: () => import('./privacy/Requests.svelte'), needs: ['privacy.manage'], nav: { word: 'nav_privacy', glyph: 'lock', group: 'city' } },
  { path: '/staff/privacy/requests/{}', load: () => import('./privacy/RequestPage.svelte'), needs: ['privacy.manage'] },
  { path: '/staff/privacy/search', load: () => import('./privacy/Search.svelte'), needs: ['privacy.manage'] },
  { path: '/staff/privacy/retention', load: () => import('./privacy/Retention.svelte'), needs: ['privacy.manage'] },
  { path: '/staff/privacy/accesses', load: () => import('./privacy/Accesses.svelte'), needs: ['privacy.manage'] },
  { path: '/staff/privacy/breach', load: () => import('./privacy/BreachReport.svelte'), needs: ['privacy.manage'] },
  { path: '/staff/audit', load: () => import('./audit/Audit.svelte'), needs: ['audit.read'], nav: { word: 'nav_audit', glyph: 'shield', group: 'city' } },

  { path: '/projects', load: () => import('../community/projects/Explore.svelte'), needs: ANYONE, nav: { word: 'nav_projects', glyph: 'layers', group: 'community' } },
  { path: '/projects/new', load: () => import('../community/create/NewProject.svelte'), needs: ['mapping.create'], nav: { word: 'nav_new_project', glyph: 'plus', group: 'community' } },
  { path: '/projects/{}/dashboard', load: () => import('../community/dashboard/Dashboard.svelte'), needs: SIGNED_IN },
  { path: '/projects/{}/settings', load: () => import('../community/settings/ProjectSettings.svelte'), needs: SIGNED_IN },
  { path: '/teams', load: () => import('../community/teams/Teams.svelte'), needs: ANYONE, nav: { word: 'nav_teams', glyph: 'census', group: 'community' } },
  { path: '/organisations', load: () => import('../community/teams/Organisations.svelte'), needs: ANYONE },
  { path: '/teams/{}', load: () => import('../community/teams/TeamPage.svelte'), needs: ANYONE },
  { path: '/contributions', load: () => import('../community/own/Contributions.svelte'), needs: SIGNED_IN, nav: { word: 'nav_contributions', glyph: 'history', group: 'community' } },
  { path: '/projects/{}', load: () => import('../community/projects/ProjectPage.svelte'), needs: ANYONE },
  { path: '/projects/{}/tasks', load: () => import('../community/projects/TasksPage.svelte'), needs: ANYONE },
  { path: '/projects/{}/validate', load: () => import('../community/validate/ValidatePage.svelte'), needs: SIGNED_IN },
];

/** The page of an address, with what stands in its blanks. */
export function placeOf(path: string): { place: Place; ids: string[] } | null {
  const parts = path.split('/').filter(Boolean);
  for (const place of PLACES) {
    const wanted = place.path.split('/').filter(Boolean);
    if (wanted.length === parts.length && wanted.every((one, i) => one === '{}' || one === parts[i])) {
      return { place, ids: parts.filter((_, i) => wanted[i] === '{}').map(decode) };
    }
  }
  return null;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (malformed) {
    if (!(malformed instanceof URIError)) throw malformed;
    return part;
  }
}
