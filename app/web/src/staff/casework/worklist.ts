const KEY = 'tequio.worklist';

/** The list from which a case was opened, so that the next one is a key away. */
export function keepWorklist(ids: readonly string[], store: Storage = sessionStorage): void {
  store.setItem(KEY, JSON.stringify(ids));
}

/** The case before and after one in the list it was opened from. */
export function neighbours(id: string, store: Storage = sessionStorage): { before: string | null; after: string | null } {
  let ids: unknown = [];
  try {
    ids = JSON.parse(store.getItem(KEY) ?? '[]');
  } catch (broken) {
    if (!(broken instanceof SyntaxError)) throw broken;
  }
  const list = Array.isArray(ids) ? ids.filter((one): one is string => typeof one === 'string') : [];
  const at = list.indexOf(id);
  return at < 0 ? { before: null, after: null } : { before: list[at - 1] ?? null, after: list[at + 1] ?? null };
}
