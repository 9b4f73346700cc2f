// The desk where people ask what is held about them, with the law's days counted.
import { created, job, notThere, page, problem } from './desk.mjs';

const request = (more) => ({ kind: 'access', state: 'open', answer: null, export: null, rule: 'Ley General de Protección de Datos Personales en Posesión de Sujetos Obligados: 20 días hábiles', log: [{ at: more.received, text: 'Recibida en ventanilla.' }], ...more });
const REQUESTS = [
  request({ id: 'arco-14', subject: { name: 'Bruno Ortega', identifiers: ['OEBB800101HDFRRR05', 'Calle Hidalgo 12'] }, received: '2026-10-30T16:00:00Z', due: '2026-11-27T23:59:00Z' }),
  request({ id: 'arco-13', kind: 'cancellation', state: 'blocked', subject: { name: 'Carmen <script>alert(1)</script>', identifiers: ['predio 004-118-07'] }, received: '2026-10-02T16:00:00Z', due: '2026-11-02T23:59:00Z' }),
  request({ id: 'arco-15', kind: 'rectification', subject: { name: 'Inés Quispe', identifiers: [] }, received: '2026-11-20T16:00:00Z', due: '2026-12-18T23:59:00Z' }),
  request({ id: 'arco-09', state: 'answered', subject: { name: 'Elena Núñez', identifiers: [] }, received: '2026-09-01T16:00:00Z', due: '2026-09-30T23:59:00Z', answer: 'Se entregó copia el 20 de septiembre.' }),
];
export function privacy({ method, path, query, body, state }) {
  if (!path.startsWith('/api/privacy/')) return null;
  const kept = (state.privacy ??= new Map(REQUESTS.map((one) => [one.id, structuredClone(one)])));
  const rest = path.slice('/api/privacy/'.length);
  let match;
  if (rest === 'classes') return page([{ layer: 'predios', title: 'Predios', fields: [{ name: 'propietario', label: 'Propietario', dataClass: 'personal' }, { name: 'telefono', label: 'Teléfono', dataClass: 'personal' }] }, { layer: 'salud', title: 'Centros de salud', fields: [{ name: 'diagnostico', label: 'Diagnóstico', dataClass: 'sensitive' }] }], query);
  if (rest === 'search') {
    if (!body.reason?.trim()) return problem(400, 'Falta el motivo', "'reason': se esperaba por qué se busca a esta persona.");
    if (/nadie/i.test(body.text)) return { status: 200, body: { items: [] } };
    return { status: 200, body: { items: [{ layer: 'predios', title: 'Predios', feature: '1204', fields: [{ name: 'propietario', label: 'Propietario', value: 'ORTEGA BRUNO' }, { name: 'telefono', label: 'Teléfono', value: null }] }, { layer: 'reportes', title: 'Reportes ciudadanos', feature: '88', fields: [{ name: 'solicitante', label: 'Solicitante', value: 'Bruno O.' }] }] } };
  }
  if (rest === 'requests') {
    if (method === 'GET') return page([...kept.values()].sort((a, b) => a.due.localeCompare(b.due)), query);
    const made = request({ id: `arco-${15 + kept.size}`, due: '2026-12-24T23:59:00Z', ...body });
    kept.set(made.id, made);
    return created(made);
  }
  if ((match = /^requests\/([^/]+)(?:\/(export|block|erase|answer))?$/.exec(rest))) {
    const one = kept.get(match[1]);
    if (!one) return notThere(match[1]);
    if (match[2] === 'export') {
      one.export = '/api/downloads/predios.geojson';
      return job(state, 'privacy.export', one.subject.name, { href: one.export });
    }
    if (match[2] === 'erase' && one.state !== 'blocked') return problem(409, 'Primero se bloquea', 'La ley pide bloquear antes de suprimir.');
    if (match[2]) {
      Object.assign(one, { state: { block: 'blocked', erase: 'erased', answer: 'answered' }[match[2]], answer: match[2] === 'answer' ? body.text : one.answer });
      one.log.push({ at: '2026-11-25T23:00:00Z', text: { block: 'Datos bloqueados.', erase: 'Datos suprimidos.', answer: 'Contestada.' }[match[2]] });
    }
    return { status: 200, body: one };
  }
  const retention = (state.retention ??= [{ layer: 'predios', title: 'Predios', source: null, rule: null, dueCount: null, next: null }, { layer: 'reportes', title: 'Reportes ciudadanos', source: null, rule: { period: 'P2Y', from: 'fecha_solicitud', then: 'block' }, dueCount: 18, next: '2026-12-01T06:00:00Z' }]);
  if (rest === 'retention') return page(retention, query);
  if ((match = /^retention\/([^/]+)$/.exec(rest))) {
    const one = retention.find((each) => each.layer === match[1]);
    return one ? { status: 200, body: Object.assign(one, { rule: body.rule ?? body, dueCount: 0, next: '2026-12-01T06:00:00Z' }) } : notThere(match[1]);
  }
  if (rest === 'accesses') return page(Array.from({ length: 73 }, (_, i) => ({ at: new Date(Date.UTC(2026, 10, 25, 20) - i * 5_400_000).toISOString(), actor: `p${(i % 4) + 1}`, name: ['Alicia Ruiz', 'Bruno Ortega', 'Carmen da Silva', 'Diego Xicoténcatl'][i % 4], layer: 'predios', feature: String(1204 + i), fields: ['propietario'], reason: i % 3 ? `Oficio ${218 + i}` : null })).filter((one) => (!query.get('actor') || one.actor === query.get('actor')) && (!query.get('layer') || one.layer === query.get('layer'))), query);
  if (rest === 'breach') return { status: 200, body: { from: body.from, to: body.to, fields: [{ layer: 'predios', title: 'Predios', name: 'propietario', label: 'Propietario', dataClass: 'personal' }], people: 412, accesses: 73, timeline: [{ at: '2026-11-20T09:00:00Z', actor: 'p3', text: '73 lecturas de «Propietario» en dos horas.' }], laws: [{ country: 'MX', text: 'LGPDPPSO: avisar sin dilación a titulares y a la autoridad garante.', due: null }, { country: 'BR', text: 'Resolução CD/ANPD 15/2024: comunicar em 3 dias úteis.', due: '2026-11-30T23:59:00Z' }] } };
  return notThere(path);
}
