/** Under which case the draft of a procedure is saved in the account; it stays on the device beside the draft. */
export interface Filing {
  id: string;
  version: number;
}

const key = (procedure: string) => `tequio.filing.${procedure}`;

export function readFiling(procedure: string, store: Storage = localStorage): Filing | null {
  try {
    const kept = JSON.parse(store.getItem(key(procedure)) ?? 'null') as Partial<Filing> | null;
    return kept && typeof kept.id === 'string' && /^[\w-]{1,80}$/.test(kept.id) && Number.isInteger(kept.version) ? { id: kept.id, version: kept.version! } : null;
  } catch {
    return null;
  }
}

export function keepFiling(procedure: string, filing: Filing | null, store: Storage = localStorage): void {
  try {
    if (filing === null) store.removeItem(key(procedure));
    else store.setItem(key(procedure), JSON.stringify(filing));
  } catch {
    // without it the next saving makes another draft; the account lists both
  }
}

const NEXT = 'tequio.next';

/** Where somebody was going who leaves to make an account: the mail that confirms it may open another tab. */
export function keepNext(path: string, store: Storage = localStorage): void {
  try {
    store.setItem(NEXT, JSON.stringify({ path, at: Date.now() }));
  } catch {
    // they will find their way from the account
  }
}

/** Takes it back, once, and only if it is of today. */
export function takeNext(store: Storage = localStorage, now = Date.now()): string | null {
  try {
    const kept = JSON.parse(store.getItem(NEXT) ?? 'null') as { path?: unknown; at?: unknown } | null;
    store.removeItem(NEXT);
    return kept && typeof kept.path === 'string' && typeof kept.at === 'number' && now - kept.at < 86_400_000 ? kept.path : null;
  } catch {
    return null;
  }
}

/** True for the pages of residents and mappers to which signing in may lead back. */
export const isResidents = (pathname: string): boolean => /^\/(cases|procedures|report|edit|changeset|note)(\/|$)/.test(pathname);
