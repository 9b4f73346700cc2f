// The community map of the made-up city, as far as the editor needs it to start: an empty map, and drafts that are kept.
import { disturbed } from './staff.mjs';

const API = { version: { minimum: '0.6', maximum: '0.6' }, area: { maximum: 0.25 }, note_area: { maximum: 25 }, tracepoints: { per_page: 5000 }, waynodes: { maximum: 2000 }, relationmembers: { maximum: 32000 }, changesets: { maximum_elements: 10000, default_query_limit: 100, maximum_query_limit: 100 }, timeout: { seconds: 300 }, status: { database: 'online', api: 'online', gpx: 'online' } };
const OSM = { version: '0.6', generator: 'fixture' };

export async function community(ask) {
  const { method, path, query, json, empty, problem, bytes, who, memory } = ask;
  const me = who && memory.people?.[who];
  if (path === '/api/capabilities.json') return json({ ...OSM, api: API, policy: { imagery: { blacklist: [] } } }), true;
  if (!/^\/api\/(0\.6|map)\/|^\/api\/session\/editor-token$/.test(path)) return false;
  if (path === '/api/0.6/map.json') return json({ ...OSM, elements: [] }), true;
  if (path === '/api/0.6/user/details.json') return json({ ...OSM, user: { id: 1, display_name: 'Alicia Ramírez', account_created: '2026-05-02T10:00:00Z', changesets: { count: 0 } } }), true;
  if (path === '/api/0.6/changesets.json') return json({ ...OSM, changesets: [] }), true;
  if (await disturbed(ask)) return true;
  if (!me) return problem(401, 'Entre primero', 'Esto es de quien tiene cuenta.'), true;
  if (path === '/api/session/editor-token') return json({ token: 'token-of-the-fixture' }), true;
  if (path === '/api/map/presets') return json({ presets: {}, fields: {}, strings: { presets: {}, fields: {} } }), true;
  const drafts = ((memory.drafts ??= {})[who] ??= new Map());
  if (path === '/api/map/drafts') return json({ items: [...drafts.values()].map(({ text: _, ...one }) => one) }), true;
  const id = /^\/api\/map\/drafts\/([\w-]+)$/.exec(path)?.[1];
  if (!id) return false;
  if (method === 'DELETE') return drafts.delete(id) ? empty(204) : problem(404, 'No existe', id), true;
  if (method !== 'PUT') {
    ask.response.writeHead(drafts.has(id) ? 200 : 404, { 'content-type': 'application/xml' }).end(drafts.get(id)?.text);
    return true;
  }
  const text = bytes.toString('utf8');
  drafts.set(id, { id, saved: new Date().toISOString(), changes: text.match(/<(node|way|relation) /g)?.length ?? 0, comment: query.get('comment') ?? '', task: query.get('task'), text });
  return json({ saved: drafts.get(id).saved }), true;
}
