// What the staff's screens ask of the server, beside the resident's page: areas answer in turn, each in a file of its own.
import { community } from './community.mjs';
import { desk } from './desk.mjs';
import { identity } from './identity.mjs';
import { review } from './review.mjs';

const AREAS = [community, desk, identity, review];

/** Reads a request's body whole. */
export function bodyOf(request) {
  return new Promise((resolve, reject) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
  });
}

/**
 * Answers a staff request, or says false. `ask` has {method, path, query, lang, request, body (JSON or null), bytes, state, json, problem, empty, who}.
 * `state.staff` is the made-up city's memory; `state.scenario` makes the states that a healthy server never shows.
 */
export async function staff(ask) {
  const { method, path, request, state } = ask;
  if (!path.startsWith('/api/') && !path.startsWith('/oauth2/')) return false;
  if (method !== 'GET' && !ask.bytes) {
    ask.bytes = await bodyOf(request);
    const json = (request.headers['content-type'] ?? '').startsWith('application/json');
    ask.body = json && ask.bytes.length ? JSON.parse(ask.bytes.toString('utf8')) : null;
  }
  state.staff ??= { memory: {} };
  ask.memory = state.staff.memory;
  const as = /(?:^|; )tequio_session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? null;
  ask.who = as;
  if (method !== 'GET' && as && !/^\/api\/(session|accounts)(\/|$)/.test(path) && request.headers['tequio-csrf'] !== `csrf-${as}`) {
    ask.problem(403, 'La petición no viene de esta página', 'Falta la marca contra falsificación.');
    return true;
  }
  for (const area of AREAS) if (await area(ask)) return true;
  return false;
}

/** One page of a list, as the contract says: {items, next}. */
export function paged(items, query, size = 25) {
  const from = Number(query.get('after') ?? 0);
  const limit = Math.min(Number(query.get('limit') ?? size), 200);
  return { items: items.slice(from, from + limit), next: from + limit < items.length ? String(from + limit) : null };
}

/** Cuts what the scenario wants cut: `slow`, `refused`, `gone`, `busy`, `broken-staff`. True where it has answered. */
export async function disturbed({ state, problem, path, response }) {
  const only = state.only ? new RegExp(state.only) : null;
  if (only && !only.test(path)) return false;
  switch (state.scenario) {
    case 'slow-staff':
      await new Promise((done) => setTimeout(done, 2500));
      return false;
    case 'forbidden':
      problem(403, 'No tiene permiso', 'Su función no puede hacer esto.');
      return true;
    case 'signed-out':
      problem(401, 'La sesión terminó', 'Vuelva a entrar; lo escrito sigue en pantalla.');
      return true;
    case 'hidden':
      problem(404, 'No existe', 'Aquí no existe eso.');
      return true;
    case 'conflict':
      problem(409, 'Alguien lo cambió antes', 'Bruno publicó otra versión hace un momento.');
      return true;
    case 'too-large':
      problem(413, 'Demasiado grande', 'El archivo pasa de 4 GB.');
      return true;
    case 'too-often':
      response.setHeader('retry-after', '30');
      problem(429, 'Demasiadas peticiones', 'Espere un momento.');
      return true;
    case 'broken-staff':
      problem(500, 'Algo falló de nuestro lado', 'El número de este error es 7f3a.');
      return true;
    default:
      return false;
  }
}
