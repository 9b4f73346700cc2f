// People, organisations, roles, other programs and the log of everything that was done.
import { created, empty, notThere, page, problem } from './desk.mjs';

const ORGANISATIONS = [
  { id: 'ciudad', kind: 'city', name: 'Villa Tequio', people: 4 }, { id: 'catastro', kind: 'department', name: 'Catastro', people: 3 }, { id: 'movilidad', kind: 'department', name: 'Movilidad', people: 2 },
  { id: 'desarrollo-economico', kind: 'department', name: 'Desarrollo Económico', people: 1 }, { id: 'universidad', kind: 'university', name: 'Universidad del Valle', people: 0 }, { id: 'vecinos', kind: 'community', name: 'Vecinos del Río', people: 6 },
];
const organisation = (id) => ORGANISATIONS.find((one) => one.id === id) ?? null;
const named = (id) => (id ? { id, name: organisation(id)?.name ?? id } : null);
const FIRST = ['Alicia', 'Bruno', 'Carmen', 'Diego', 'Elena', 'Fátima', 'Gonzalo', 'Hugo', 'Inés', 'João'];
const LAST = ['Ruiz', 'Ortega', 'da Silva', 'Xicoténcatl', 'Quispe', "O'Higgins", 'Núñez'];
const PEOPLE = Array.from({ length: 64 }, (_, i) => ({
  id: `p${i + 1}`, name: i === 7 ? '<script>alert("Hugo")</script> مرحبا' : `${FIRST[i % FIRST.length]} ${LAST[i % LAST.length]}`, email: `persona${i + 1}@villa.example`,
  roles: i === 0 ? [{ role: 'gis-admin', organisation: null }] : i < 5 ? [{ role: 'steward', organisation: ['catastro', 'movilidad'][i % 2] }] : i === 5 ? [{ role: 'auditor', organisation: null }] : [{ role: 'resident', organisation: null }],
  blocked: i === 12, created: `2026-0${(i % 9) + 1}-11T10:00:00Z`, seen: i % 5 === 4 ? null : `2026-11-${String(25 - (i % 20)).padStart(2, '0')}T15:30:00Z`,
}));
const shown = (one) => ({ ...one, roles: one.roles.map(({ role, organisation: id }) => ({ role, organisation: named(id) })) });
const ROLES = [
  ['resident', 'Residente', 'Toda persona con cuenta.', false], ['mapper', 'Cartógrafa comunitaria', 'Dibuja y corrige el mapa.', false], ['validator', 'Validador', 'Revisa lo que otros dibujan.', false],
  ['steward', 'Responsable de datos', 'Cuida las capas de una dependencia.', true], ['officer', 'Funcionario de ventanilla', 'Resuelve trámites de una oficina.', true], ['gis-admin', 'Administración del SIG', 'Revisa y publica; da permisos.', false], ['auditor', 'Auditoría', 'Lee la bitácora; no cambia nada.', false],
].map(([id, title, text, needsOrganisation]) => ({ id, title, text, needsOrganisation }));
const ACTIONS = [
  ['layer.submit', 'Enviar una versión nueva', { steward: 'department', 'gis-admin': 'all' }], ['layer.review', 'Revisar y publicar', { 'gis-admin': 'all' }], ['layer.settings', 'Describir capas', { steward: 'department', 'gis-admin': 'all' }],
  ['revision.undo', 'Deshacer una revisión', { 'gis-admin': 'all' }], ['source.manage', 'Administrar fuentes', { steward: 'department', 'gis-admin': 'all' }], ['reconcile.manage', 'Reunir versiones', { steward: 'department', 'gis-admin': 'all' }],
  ['people.manage', 'Dar permisos', { 'gis-admin': 'all' }], ['audit.read', 'Leer la bitácora', { auditor: 'all', 'gis-admin': 'all' }], ['account.own', 'Cambiar la propia cuenta', { resident: 'own' }],
].map(([id, title, reach]) => ({ id, title, reach }));

export function people({ method, path, query, body, state }) {
  const kept = (state.people ??= { list: structuredClone(PEOPLE), organisations: structuredClone(ORGANISATIONS), applications: [{ id: 'qgis', name: 'QGIS de Catastro', redirects: ['http://127.0.0.1/callback'], scopes: ['read', 'edit'], created: '2026-05-02T10:00:00Z', seen: '2026-11-24T13:00:00Z' }] });
  if (path === '/api/roles') return { status: 200, body: { roles: ROLES, actions: ACTIONS } };
  let match;
  if ((match = /^\/api\/organisations(?:\/([^/]+))?$/.exec(path))) {
    if (method === 'GET') return page(kept.organisations, query);
    if (method === 'POST') {
      if (kept.organisations.some((one) => one.name === body.name)) return problem(409, 'Ya existe', `Ya hay una organización «${body.name}».`);
      const made = { id: body.name.toLowerCase().replace(/[^a-z]+/g, '-'), people: 0, ...body };
      kept.organisations.push(made);
      return created(made);
    }
    const one = kept.organisations.find((each) => each.id === match[1]);
    return one ? { status: 200, body: Object.assign(one, body) } : notThere(match[1]);
  }
  if ((match = /^\/api\/applications(?:\/([^/]+))?$/.exec(path))) {
    if (method === 'GET') return page(kept.applications, query);
    if (method === 'DELETE') {
      kept.applications = kept.applications.filter((one) => one.id !== match[1]);
      return empty();
    }
    const made = { id: `app-${kept.applications.length + 1}`, created: '2026-11-25T23:00:00Z', seen: null, ...body, clientId: 'c-7f3a91', secret: body.confidential ? 'dGhpcyBpcyBub3QgYSBzZWNyZXQ' : null };
    kept.applications.push({ ...made, secret: undefined });
    return created(made);
  }
  match = /^\/api\/people(?:\/([^/]+)(?:\/(roles))?)?$/.exec(path);
  if (!match) return null;
  if (!match[1]) {
    if (method === 'POST') {
      if (kept.list.some((one) => one.email === body.email)) return problem(409, 'Ya tiene cuenta', `${body.email} ya está en la lista.`);
      const made = { id: `p${kept.list.length + 1}`, blocked: false, created: '2026-11-25T23:00:00Z', seen: null, ...body };
      kept.list.unshift(made);
      return created(shown(made));
    }
    const q = (query.get('q') ?? '').toLowerCase();
    return page(kept.list.filter((one) => `${one.name} ${one.email}`.toLowerCase().includes(q) && (!query.get('role') || one.roles.some((each) => each.role === query.get('role')))).map(shown), query);
  }
  const one = kept.list.find((each) => each.id === match[1]);
  if (!one) return notThere(match[1]);
  if (match[2] === 'roles') {
    if (one.id === 'p1' && !body.roles.some((each) => each.role === 'gis-admin')) return problem(409, 'Quedaría sin administración', 'Es la única persona que administra. Nombre a otra antes.');
    one.roles = body.roles;
  } else Object.assign(one, body);
  return { status: 200, body: shown(one) };
}

const ACTORS = ['p1', 'p2', 'p3', 'system'];
const DOINGS = [['layer.submit', 'predios, envío sub-31'], ['layer.review', 'sub-31 aprobado'], ['people.manage', 'p4 roles steward@catastro'], ['layer.read-personal', 'predios/1204 propietario; motivo: oficio 218'], ['session.open', ''], ['revision.undo', 'revisión 11']];
export function audit({ path, query, state }) {
  if (path === '/api/audit/verify') return { status: 200, body: state.scenario === 'desk-tampered' ? { whole: false, lines: 4210, broken: 'La línea 1 877 no corresponde a la anterior.' } : { whole: true, lines: 4210, broken: null } };
  if (path !== '/api/audit') return null;
  const before = Number(query.get('before') ?? 4211);
  const limit = Math.min(Number(query.get('limit') ?? 50), 200);
  const items = [];
  for (let line = before - 1; line > 0 && items.length < limit; line--) {
    const [action, detail] = DOINGS[line % DOINGS.length];
    const one = { line, at: new Date(Date.UTC(2026, 10, 25, 23) - (4210 - line) * 1_260_000).toISOString(), actor: ACTORS[line % ACTORS.length], action, detail };
    if ((!query.get('actor') || one.actor === query.get('actor')) && (!query.get('action') || one.action === query.get('action')) && (!query.get('text') || one.detail.includes(query.get('text')))) items.push(one);
  }
  return { status: 200, body: { items, next: items.length === limit ? String(items[items.length - 1].line) : null } };
}
