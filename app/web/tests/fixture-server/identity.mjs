// Accounts of the made-up city: Alicia the steward of Catastro, Gabriela the GIS admin, Bruno the neighbour.
import { disturbed, paged } from './staff.mjs';

const ALL = ['city.read', 'layer.read', 'layer.read-internal', 'layer.read-personal', 'layer.submit', 'layer.review', 'layer.settings', 'revision.undo', 'source.manage', 'reconcile.manage', 'check.run', 'account.own', 'notice.own', 'job.own', 'people.manage', 'organisation.manage', 'audit.read', 'privacy.manage', 'application.manage'];
const CATASTRO = { id: 'catastro', name: 'Catastro' };
export const PEOPLE = {
  alicia: { id: 'alicia', name: 'Alicia Ramírez', email: 'alicia@catastro.example', language: 'es', mail: true, roles: [{ role: 'resident', organisation: null }, { role: 'steward', organisation: CATASTRO }], can: ['city.read', 'layer.read', 'layer.read-internal', 'layer.submit', 'layer.settings', 'source.manage', 'reconcile.manage', 'check.run', 'account.own', 'notice.own', 'job.own'] },
  gabriela: { id: 'gabriela', name: 'Gabriela Ortiz', email: 'gabriela@villa.example', language: 'es', mail: false, roles: [{ role: 'gis-admin', organisation: null }], can: ALL },
  bruno: { id: 'bruno', name: 'Bruno <script>alert(1)</script> ‮desrever', email: 'bruno@barrio.example', language: 'pt', mail: true, roles: [{ role: 'resident', organisation: null }], can: ['city.read', 'layer.read', 'account.own', 'notice.own', 'job.own'] },
};
export const PASSWORD = 'una frase muy larga';

const hoursAgo = (n) => new Date(Date.now() - n * 3_600_000).toISOString();
function begun(memory) {
  memory.notices ??= {
    alicia: [
      { id: 'n5', at: hoursAgo(0.4), kind: 'submission.changes-requested', title: 'Piden cambios en «Predios 2026»', text: 'Gabriela: falta la clave de 14 predios.', link: '/staff/submissions/s3', read: false },
      { id: 'n4', at: hoursAgo(5), kind: 'submission.published', title: 'Se publicó «Manzanas»', text: 'Revisión 12.', link: '/staff/submissions/s4', read: false },
      { id: 'n3', at: hoursAgo(80), kind: 'harvest.failed', title: 'La fuente «WFS <b>catastro</b>» no respondió', text: 'Nada publicado cambió.', link: 'https://elsewhere.example/', read: true },
    ],
    gabriela: Array.from({ length: 60 }, (_, i) => ({ id: `g${60 - i}`, at: hoursAgo(i * 7 + 1), kind: 'submission.in-review', title: `Entrega ${60 - i} por revisar`, text: 'Catastro · Alicia Ramírez', link: `/staff/submissions/s${(i % 4) + 1}`, read: i > 2 })),
    bruno: [],
  };
  memory.passkeys ??= { alicia: [{ id: 'p1', label: 'Teléfono de Alicia', created: hoursAgo(900), used: hoursAgo(3) }], gabriela: [], bruno: [] };
  memory.sessions ??= { alicia: null };
  memory.people ??= structuredClone(PEOPLE);
  memory.jobs ??= {};
}

export async function identity(ask) {
  const { method, path, query, body, json, problem, empty, who, state, response, memory } = ask;
  begun(memory);
  const me = who ? memory.people[who] : null;
  const session = (account) => ({ account: account && { id: account.id, name: account.name, email: account.email, language: account.language, roles: account.roles }, csrf: account ? `csrf-${account.id}` : null, can: account ? account.can : ['city.read', 'layer.read'], providers: [{ id: 'ciudad', title: 'Llave de la Ciudad', href: '/api/session/providers/ciudad' }], setup: state.scenario === 'setup' });
  const enter = (id) => {
    response.setHeader('set-cookie', `tequio_session=${id}; Path=/; HttpOnly; SameSite=Lax`);
    json(session(memory.people[id]));
    return true;
  };
  if (path === '/api/session' && method === 'GET') return json(session(me)), true;
  if (path !== '/api/session' && (await disturbed(ask))) return true;
  if (path === '/api/session' && method === 'POST') {
    const found = Object.values(memory.people).find((one) => one.email === body.email);
    if (!found || body.password !== PASSWORD) return problem(401, 'No coincide', 'Revise las mayúsculas.'), true;
    return enter(found.id);
  }
  if (path === '/api/session' && method === 'DELETE') {
    response.setHeader('set-cookie', 'tequio_session=; Path=/; Max-Age=0');
    return empty(204), true;
  }
  if (path === '/api/session/first') return body.token === 'primera-vez' ? enter('gabriela') : (problem(404, 'El enlace ya no sirve', 'Pida otro con ./tequio admin-link.'), true);
  if (path === '/api/session/passkey/options') return json({ challenge: 'AAAA', rpId: 'localhost', allowCredentials: [], userVerification: 'preferred' }), true;
  if (path === '/api/session/passkey') return enter('alicia');
  if (path === '/api/accounts' || path === '/api/accounts/forgotten') return empty(202), true;
  if (path === '/api/accounts/confirm') return body.token === 'bueno' ? (empty(204), true) : (problem(404, 'El enlace ya no sirve', 'Ya se usó o venció.'), true);
  if (path === '/api/accounts/reset') return body.token === 'bueno' ? (empty(204), true) : (problem(404, 'El enlace ya no sirve', 'Ya se usó o venció.'), true);

  const own = /^\/api\/(account|notices|jobs)(\/|$)/.test(path);
  if (!own) return false;
  if (!me) return problem(401, 'Entre primero', 'Esto es de quien tiene cuenta.'), true;
  if (path === '/api/account') {
    if (method === 'PATCH') Object.assign(me, body);
    return json({ id: me.id, name: me.name, email: me.email, language: me.language, mail: me.mail, roles: me.roles }), true;
  }
  if (path === '/api/account/password') return body.current === PASSWORD ? (empty(204), true) : (problem(400, 'La contraseña actual no es esa', 'Nada cambió.'), true);
  if (path === '/api/account/sessions') return json({ items: [{ id: 'a', agent: 'Chromium 142, Linux', created: hoursAgo(2), seen: hoursAgo(0.01), current: true }, { id: 'b', agent: 'Firefox en Android', created: hoursAgo(300), seen: hoursAgo(50), current: false }], next: null }), true;
  if (path === '/api/account/passkeys/options') return json({ challenge: 'AAAA', rp: { id: 'localhost', name: 'Villa Tequio' }, user: { id: 'AAAA', name: me.email, displayName: me.name }, pubKeyCredParams: [{ type: 'public-key', alg: -7 }], excludeCredentials: [], authenticatorSelection: { residentKey: 'required' } }), true;
  if (path === '/api/account/passkeys') {
    if (method === 'POST') memory.passkeys[who].push({ id: `p${Date.now()}`, label: body.label, created: new Date().toISOString(), used: null });
    return json({ items: memory.passkeys[who], next: null }), true;
  }
  if (path.startsWith('/api/account/passkeys/')) {
    memory.passkeys[who] = memory.passkeys[who].filter((one) => !path.endsWith(`/${one.id}`));
    return empty(204), true;
  }
  if (path === '/api/account/application-passwords') {
    const kept = (state.programs ??= [{ id: 'q1', label: 'QGIS de la oficina', scopes: ['read', 'edit'], expires: '2027-11-25T10:00:00Z', password: null }]);
    if (method === 'POST') return kept.push({ id: `q${kept.length + 1}`, label: body.label, scopes: body.scopes, expires: '2027-11-26T10:00:00Z', password: null }), json({ ...kept.at(-1), password: 'abcd-efgh-jkmn-pqrs' }), true;
    return json({ items: kept, next: null }), true;
  }
  if (path.startsWith('/api/account/application-passwords/')) return (state.programs = state.programs?.filter((one) => !path.endsWith(`/${one.id}`))), empty(204), true;
  if (path === '/api/account/applications') return json({ items: [{ id: 'qgis', name: 'QGIS de la oficina', scopes: ['read', 'edit'], granted: hoursAgo(600) }], next: null }), true;
  if (path === '/api/notices') {
    const all = memory.notices[who];
    return json({ unread: all.filter((one) => !one.read).length, ...paged(all, query, 20) }), true;
  }
  if (path === '/api/notices/read') {
    for (const one of memory.notices[who]) one.read = true;
    return empty(204), true;
  }
  const job = /^\/api\/jobs\/([\w-]+)$/.exec(path)?.[1];
  if (job) {
    const found = memory.jobs[job];
    if (!found) return problem(404, 'No existe', 'Ese trabajo ya no está.'), true;
    if (method === 'DELETE') found.state = 'cancelled';
    else if (found.state === 'running' && Date.now() - found.begun > found.lasts) {
      found.state = found.fails ? 'failed' : 'done';
      found.problem = found.fails ?? null;
      found.then?.();
    }
    const share = Math.min(1, (Date.now() - found.begun) / found.lasts);
    return json({ id: job, kind: found.kind, title: found.title, state: found.state, started: new Date(found.begun).toISOString(), step: found.step ?? 'Comparando', done: Math.round(share * found.total), total: found.total, result: found.result ?? null, problem: found.problem ?? null }), true;
  }
  return ['DELETE'].includes(method) ? (empty(204), true) : false;
}

/** Begins a long work of the made-up city: done after `lasts` milliseconds. */
export function startJob(memory, more) {
  const id = `j${Object.keys(memory.jobs).length + 1}`;
  memory.jobs[id] = { kind: 'submission', title: 'Revisando la entrega', state: 'running', begun: Date.now(), lasts: 900, total: 40_000, ...more };
  return id;
}
