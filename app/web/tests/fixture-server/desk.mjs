// The staff's side of the made-up town: what reconciling, harvesting, describing layers, people and privacy answer. Every
// answer is kept for as long as the fixture runs, so that a journey sees what it did. Scenarios make the states a healthy server never shows.
import { audit, people } from './people.mjs';
import { layers } from './layers.mjs';
import { privacy } from './privacy.mjs';
import { checks, reconcile } from './reconcile.mjs';
import { sources } from './sources.mjs';

const AREAS = [reconcile, checks, sources, layers, people, audit, privacy];
export const created = (body) => ({ status: 201, body });
export const problem = (status, title, detail, more = {}) => ({ status, body: { type: 'about:blank', title, status, detail, ...more } });
export const empty = () => ({ status: 204, body: null });
export const notThere = (what) => problem(404, 'No existe', what);

/** One page of a list; `next` is where the following one begins. */
export function page(items, query, size = 50) {
  const from = Number(query.get('after') ?? 0) || 0;
  const limit = Math.min(Number(query.get('limit') ?? size) || size, 200);
  return { status: 200, body: { items: items.slice(from, from + limit), next: from + limit < items.length ? String(from + limit) : null, total: items.length } };
}

/** Long work that moves a step each time someone looks. */
export function job(state, kind, title, result = null, steps = 4) {
  const id = `job-${(state.jobs ??= new Map()).size + 1}`;
  state.jobs.set(id, { id, kind, title, state: 'running', step: 'leyendo', done: 0, total: steps, result: null, problem: null, outcome: result });
  return { status: 202, body: seen(state.jobs.get(id)) };
}
const seen = ({ outcome: _outcome, ...shown }) => shown;

function jobs({ method, path, state }) {
  const found = /^\/api\/jobs\/([^/]+)$/.exec(path);
  const one = found && state.jobs?.get(found[1]);
  if (!one) return null;
  if (method === 'DELETE') one.state = 'cancelled';
  else if (one.state === 'running' && state.scenario !== 'desk-long') {
    one.done++;
    if (one.done >= one.total) Object.assign(one, state.scenario === 'desk-fails' ? { state: 'failed', problem: { title: 'La fuente dejó de contestar', detail: 'Tras 3 intentos no hubo respuesta. Lo publicado no cambió.' } } : { state: 'done', result: one.outcome });
  }
  return { status: 200, body: seen(one) };
}

/** Answers what of a request is the staff's care of data and people; false where it is another's. */
export function desk(ask) {
  const answer = answerTo({ ...ask, headers: ask.request.headers });
  if (!answer) return false;
  for (const [name, value] of Object.entries(answer.headers ?? {})) ask.response.setHeader(name, value);
  if (answer.body === null) ask.empty(answer.status);
  else ask.json(answer.body, answer.status, answer.status >= 400 ? 'application/problem+json' : 'application/json');
  return true;
}

/** @returns status, body and headers, or null */
function answerTo(ask) {
  const { path, method, state } = ask;
  const answer = () => jobs(ask) ?? AREAS.reduce((found, area) => found ?? area(ask), null);
  if (!/^\/api\/(jobs|reconciliations|checks|sources|people|organisations|roles|audit|applications|privacy|standards|layers\/[^/]+\/(settings|mapping))/.test(path)) return null;
  switch (state.scenario) {
    case 'desk-signed-out':
      return problem(401, 'Hay que iniciar sesión', 'La sesión terminó. Lo escrito sigue en esta página.');
    case 'desk-forbidden':
      return problem(403, 'Falta permiso', 'Esto lo hace quien administra el SIG.');
    case 'desk-broken':
      return problem(503, 'El servidor está ocupado', 'Se está importando una capa grande.');
    case 'desk-busy':
      return method === 'GET' ? answer() : { ...problem(429, 'Demasiadas peticiones', 'Intente de nuevo en 20 segundos.'), headers: { 'retry-after': '20' } };
    case 'desk-empty':
      return method === 'GET' && !/\/(roles|settings|mapping)$/.test(path) ? { status: 200, body: { items: [], next: null, total: 0 } } : answer();
    default:
      return answer();
  }
}
