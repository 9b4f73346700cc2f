// Sources that are pulled on a schedule, one in each state.
import { created, empty, job, notThere, page, problem } from './desk.mjs';

const LOG = ['Se preguntó cuántos hay: 2 628.', 'Página 1 a 27, 100 por página.', 'La página 14 se pidió otra vez: el servidor tardó más de 30 s.'];
const run = (more) => ({ id: `run-${more.started}`, ended: more.started.replace(':00Z', ':41Z'), outcome: 'unchanged', reason: 'El archivo no ha cambiado desde el 20 de noviembre.', fetched: { requests: 1, bytes: 0, features: null }, submission: null, log: LOG.slice(0, 1), ...more });
const SOURCES = [
  { id: 'predios-wfs', title: 'Predios del Catastro estatal', kind: 'wfs', address: 'https://mapas.example.org/wfs', names: ['catastro:predios'], department: 'catastro', layer: 'predios', every: 'PT24H', next: '2026-11-26T08:00:00Z', state: 'idle', options: {}, runs: [run({ started: '2026-11-25T08:00:00Z', outcome: 'submitted', reason: '31 predios cambiaron; espera revisión.', fetched: { requests: 28, bytes: 9_412_331, features: 2628 }, submission: 'sub-31', log: LOG }), run({ started: '2026-11-24T08:00:00Z' })] },
  { id: 'denue', title: 'Negocios (DENUE) <script>alert(1)</script>', kind: 'ckan', address: 'https://datos.example.org/dataset/denue', names: ['denue.csv'], department: 'desarrollo-economico', layer: null, every: 'P7D', next: '2026-11-26T03:20:00Z', state: 'failing', options: {}, runs: [run({ started: '2026-11-25T03:20:00Z', outcome: 'failed', reason: 'El servidor dio una página de inicio de sesión en lugar de datos. Lo publicado no cambió.', fetched: { requests: 3, bytes: 18_220, features: 0 }, log: ['Respuesta 200 de tipo text/html; se esperaba text/csv.', 'Tercer intento en 20 minutos.'] })] },
  { id: 'gtfs', title: 'Rutas de transporte', kind: 'gtfs', address: 'https://transporte.example.org/gtfs.zip', names: [], department: 'movilidad', layer: 'paradas', every: 'PT720H', next: null, state: 'off', options: {}, runs: [] },
];
const shown = ({ runs, ...source }) => ({ ...source, lastRun: runs[0] ?? null });

export function sources({ method, path, query, body, state }) {
  const match = /^\/api\/sources(?:\/([^/]+)(?:\/(run|runs))?)?$/.exec(path);
  if (!match) return null;
  const kept = (state.sources ??= new Map(SOURCES.map((one) => [one.id, structuredClone(one)])));
  const [, id, part] = match;
  if (id === 'preview') {
    if (/169\.254|localhost|127\./.test(body.address)) return problem(400, 'No se permite esa dirección', 'La dirección lleva a una red interna. Solo se permiten direcciones públicas.');
    if (!/^https?:/.test(body.address)) return problem(400, 'No es una dirección', `'address': se esperaba https://… y llegó «${body.address}».`);
    if (/nothing/.test(body.address)) return { status: 200, body: { kind: null, items: [], problem: 'Contestó una página web, no datos. Hace falta la dirección del servicio o del archivo.' } };
    return { status: 200, body: { kind: body.kind ?? (/arcgis/i.test(body.address) ? 'arcgis' : 'wfs'), problem: null, items: [{ name: 'catastro:predios', title: 'Predios', geometry: 'MULTIPOLYGON', count: 2628 }, { name: 'catastro:manzanas', title: 'Manzanas', geometry: 'MULTIPOLYGON', count: 225 }, { name: 'catastro:cuentas', title: 'Cuentas prediales', geometry: 'NONE', count: null }] } };
  }
  if (!id) {
    if (method === 'GET') return page([...kept.values()].map(shown), query);
    const made = { id: `source-${kept.size + 1}`, state: 'idle', next: '2026-11-26T08:00:00Z', layer: null, options: {}, runs: [], ...body };
    kept.set(made.id, made);
    return created(shown(made));
  }
  const one = kept.get(id);
  if (!one) return notThere(id);
  if (part === 'runs') return page(one.runs, query);
  if (part === 'run') {
    one.runs.unshift(run({ started: '2026-11-25T23:00:00Z' }));
    return job(state, 'harvest', one.title, { source: id });
  }
  if (method === 'DELETE') {
    kept.delete(id);
    return empty();
  }
  if (method === 'PUT') Object.assign(one, body, { state: body.active === false ? 'off' : 'idle', next: body.active === false || body.every === null ? null : '2026-11-26T08:00:00Z' });
  return { status: 200, body: shown(one) };
}
