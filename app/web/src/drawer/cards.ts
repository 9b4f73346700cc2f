import type { Component } from 'svelte';

/** The cards of the drawer, each fetched when it is first opened: a new one is a component, a line here, and its address below. */
export const CARDS = {
  place: () => import('./PlaceCard.svelte'),
  layers: () => import('./LayersCard.svelte'),
  layer: () => import('./LayerCard.svelte'),
  download: () => import('./DownloadCard.svelte'),
  findings: () => import('./FindingsCard.svelte'),
  print: () => import('./PrintCard.svelte'),
  offline: () => import('./OfflineCard.svelte'),
  procedures: () => import('../procedures/ProceduresCard.svelte'),
  report: () => import('../report/ReportCard.svelte'),
  cases: () => import('../cases/CasesCard.svelte'),
  verify: () => import('../papers/VerifyCard.svelte'),
  statistics: () => import('../statistics/StatisticsCard.svelte'),
} satisfies Record<string, () => Promise<{ default: Component<any> }>>;

/** A card of an address: what it is given besides the room, and, where one of the same kind begins anew, of which thing it is. */
export interface Card {
  name: keyof typeof CARDS | 'home' | 'lost';
  given?: Record<string, string | null>;
  of?: string;
}

/** The card that an address opens; `pointed` where a place is marked in it. */
export function cardOf(path: string, pointed: boolean): Card {
  const [kind, id = null, page = null] = path.split('/').filter(Boolean).map(decodeURIComponent);
  switch (kind) {
    case undefined:
      return { name: pointed ? 'place' : 'home' };
    case 'themes':
      return { name: 'layers', given: { theme: id } };
    case 'findings':
      return { name: 'findings', given: { layer: null } };
    case 'layers':
      if (id === null) return { name: 'layers', given: { theme: null } };
      if (page === 'findings') return { name: 'findings', given: { layer: id } };
      return { name: page === 'download' ? 'download' : 'layer', given: { id }, of: id };
    case 'place':
    case 'print':
    case 'offline':
      return { name: kind };
    case 'procedures':
    case 'cases':
    case 'report':
      return { name: kind, given: { id, page } };
    case 'verify':
      return { name: 'verify', given: { id } };
    case 'statistics':
      return { name: kind };
  }
  return { name: 'lost' };
}
