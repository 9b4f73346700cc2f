// The desk where people ask what is held about them, with the law's days counted.
import { created, job, notThere, page, problem } from './desk.mjs';

const request = (more) => {
  const one = { kind: 'access', country: 'MX', state: 'received', answer: '', law: 'Ley General de Protección de Datos Personales en Posesión de Sujetos Obligados, art. 45: 20 días hábiles', source: 'DOF 20-03-2025', confirmed: false, overdue: false, steps: [{ at: '2026-11-01T16:00:00Z', actor: 'gabriela', what: 'received' }], ...more };
  return { ...one, may: ['export', ...(one.kind === 'cancellation' && one.state === 'received' ? ['block'] : []), ...(one.state === 'blocked' ? ['erase'] : []), 'answer'].filter(() => one.state === 'received' || one.state === 'blocked') };
};
const REQUESTS = [
  request({ id: 'arco-14', subject: { name: 'Bruno Ortega', identifiers: ['OEBB800101HDFRRR05', 'Calle Hidalgo 12'] }, received: '2026-10-30', due: '2026-11-27' }),
  request({ id: 'arco-13', kind: 'cancellation', state: 'blocked', subject: { name: 'Carmen <script>alert(1)</script>', identifiers: ['predio 004-118-07'] }, received: '2026-10-02', due: '2026-11-02' }),
  request({ id: 'arco-15', kind: 'rectification', subject: { name: 'Inés Quispe', identifiers: [] }, received: '2026-11-20', due: '2026-12-18' }),
  request({ id: 'arco-09', state: 'answered', subject: { name: 'Elena Núñez', identifiers: [] }, received: '2026-09-01', due: '2026-09-30', answer: 'Se entregó copia el 20 de septiembre.' }),
];
export function privacy({ method, path, query, body, state }) {
  if (!path.startsWith('/api/privacy/')) return null;
  const kept = (state.privacy ??= new Map(REQUESTS.map((one) => [one.id, structuredClone(one)])));
  const rest = path.slice('/api/privacy/'.length);
  let match;
  if (rest === 'classes') return page([{ layer: 'predios', title: 'Predios', aboutPeople: true, fields: [{ name: 'fecha_alta', label: 'Fecha de alta', dataClass: 'public' }, { name: 'propietario', label: 'Propietario', dataClass: 'personal' }, { name: 'telefono', label: 'Teléfono', dataClass: 'personal' }] }, { layer: 'salud', title: 'Centros de salud', aboutPeople: true, fields: [{ name: 'diagnostico', label: 'Diagnóstico', dataClass: 'sensitive' }] }], query);
  if (rest === 'search') {
    if (!body.reason?.trim()) return problem(400, 'Falta el motivo', "'reason': se esperaba por qué se busca a esta persona.");
    if (/nadie/i.test(body.text)) return { status: 200, body: { items: [] } };
    return { status: 200, body: { items: [{ layer: 'predios', title: 'Predios', feature: '1204', fields: [{ name: 'propietario', label: 'Propietario', value: 'ORTEGA BRUNO' }, { name: 'telefono', label: 'Teléfono', value: null }] }, { layer: 'reportes', title: 'Reportes ciudadanos', feature: '88', fields: [{ name: 'solicitante', label: 'Solicitante', value: 'Bruno O.' }] }] } };
  }
  if (rest === 'requests') {
    if (method === 'GET') return page([...kept.values()].sort((a, b) => a.due.localeCompare(b.due)), query);
    const made = request({ id: `arco-${15 + kept.size}`, due: '2026-12-24', ...body });
    kept.set(made.id, made);
    return created(made);
  }
  if ((match = /^requests\/([^/]+)(?:\/(export|block|erase|answer))?$/.exec(rest))) {
    const one = kept.get(match[1]);
    if (!one) return notThere(match[1]);
    if (match[2] === 'export') return job(state, 'privacy-export', 'Reunir datos personales', { href: '/api/downloads/predios.geojson', records: 3 });
    if (match[2] === 'erase' && one.state !== 'blocked') return problem(409, 'Primero se bloquea', 'La ley pide bloquear antes de suprimir.');
    if (match[2]) {
      const { may: _may, ...before } = one;
      kept.set(one.id, request({ ...before, state: { block: 'blocked', erase: 'erased', answer: 'answered' }[match[2]], answer: match[2] === 'answer' ? body.text : one.answer, steps: [...one.steps, { at: '2026-11-25T23:00:00Z', actor: 'gabriela', what: match[2] }] }));
      return { status: 200, body: kept.get(one.id) };
    }
    return { status: 200, body: one };
  }
  const retention = (state.retention ??= [{ layer: 'predios', rule: null, dueCount: 0, next: null }, { layer: 'salud', rule: { dateField: 'diagnostico', days: 730, blockedDays: 30, fields: ['diagnostico'], basis: 'Catálogo de disposición documental 2025, serie 4S' }, dueCount: 18, next: '2026-12-01' }]);
  if (rest === 'retention') return page(retention, query);
  if ((match = /^retention\/([^/]+)$/.exec(rest))) {
    const one = retention.find((each) => each.layer === match[1]);
    if (!body.basis) return problem(400, 'Falta la norma', "'basis': se esperaba la norma.");
    return one ? { status: 200, body: Object.assign(one, { rule: body, dueCount: 0, next: '2026-12-01' }) } : notThere(match[1]);
  }
  if (rest === 'accesses') {
    const all = Array.from({ length: 173 }, (_, i) => ({ number: 173 - i, at: new Date(Date.UTC(2026, 10, 25, 20) - i * 5_400_000).toISOString(), actor: `p${(i % 4) + 1}`, layer: 'predios', fields: ['propietario'], features: 1 + (i % 3), reason: i % 3 ? `Oficio ${218 + i}` : '' })).filter((one) => one.number < Number(query.get('before') ?? Infinity) && (!query.get('actor') || one.actor === query.get('actor')) && (!query.get('layer') || one.layer === query.get('layer')));
    return { status: 200, body: { items: all.slice(0, 100), next: all.length > 100 ? String(all[99].number) : null } };
  }
  if (rest === 'breach') return { status: 200, body: { from: body.from, to: body.to, people: 412, accesses: 73, fields: { predios: ['propietario', 'telefono'] }, timeline: [{ at: '2026-11-20T09:00:00Z', actor: 'p3', layer: 'predios', fields: ['propietario'], people: 73, reason: 'Oficio <script>alert(1)</script>' }], law: 'Ley General de Protección de Datos Personales en Posesión de Sujetos Obligados, art. 34', source: 'DOF 20-03-2025', confirmed: false, due: '2026-11-28', within: 'sin dilación, a más tardar en 72 horas', tell: 'A las personas titulares y a la autoridad garante, en cuanto se confirme.', notification: 'Hubo acceso no autorizado a datos personales que guarda Villa Tequio. Qué se hizo: [describir].' } };
  return notThere(path);
}
