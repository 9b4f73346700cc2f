// Submissions, their diffs and revisions of the made-up city: a new version of its parcels with planted changes, and hostile titles.
import { startJob } from './identity.mjs';
import { disturbed, paged } from './staff.mjs';

const CATASTRO = { id: 'catastro', name: 'Catastro' };
const ALICIA = { id: 'alicia', name: 'Alicia Ramírez' };
const hoursAgo = (n) => new Date(Date.now() - n * 3_600_000).toISOString();
const HOSTILE = '<script>alert("x")</script> <img src=x onerror=alert(1)> ‮אבג מסד‬ 🗺️ ';
const LONG = `${HOSTILE}${'Predios de la colonia más larga del mundo '.repeat(120)}`.slice(0, 5000);
export const MAX_CHUNK = 8 * 1024 * 1024;

const boxOf = (geometry) => {
  const flat = geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates.flat(geometry.type === 'Polygon' ? 1 : 0);
  return [Math.min(...flat.map((p) => p[0])), Math.min(...flat.map((p) => p[1])), Math.max(...flat.map((p) => p[0])), Math.max(...flat.map((p) => p[1]))];
};
const shifted = (geometry, dx, dy) => ({ ...geometry, coordinates: geometry.coordinates.map((ring) => ring.map(([x, y]) => [x + dx, y + dy])) });
const METRE = 1 / 111_320;

/** Changes of the parcels, one by one, as someone planted them. */
function plant(layers) {
  const parcels = layers.find((layer) => layer.id === 'predios').features;
  const labels = { cuenta_catastral: 'Cuenta catastral', superficie_m2: 'superficie_m2', uso: 'Uso' };
  const side = (f) => f && { id: String(f.id), key: f.properties.cuenta_catastral, properties: f.properties, bbox: boxOf(f.geometry) };
  const changes = [];
  const add = (kind, before, after, more = {}) => {
    const fields = before && after ? Object.keys(labels).filter((name) => before.properties[name] !== after.properties[name]).map((name) => ({ name, label: labels[name], before: before.properties[name] ?? null, after: after.properties[name] ?? null })) : [];
    changes.push({ n: String(changes.length + 1), kind, before: side(before), after: side(after), fields, movedMeters: null, areaChangeM2: null, score: null, evidence: null, ...more, shapes: [before?.geometry, after?.geometry] });
  };
  parcels.slice(0, 700).forEach((f, i) => {
    if (i % 17 === 0) add('removed', f, null);
    else if (i % 11 === 0) add('geometry', f, { ...f, geometry: shifted(f.geometry, 4 * METRE, 0) }, { movedMeters: 4.02, areaChangeM2: i % 22 ? 0 : 18.4 });
    else if (i % 7 === 0) add('attributes', f, { ...f, properties: { ...f.properties, uso: i % 14 ? 'comercial' : HOSTILE, superficie_m2: i % 21 ? f.properties.superficie_m2 : null } });
    else if (i % 53 === 0) add('both', f, { ...f, geometry: shifted(f.geometry, 0, 3 * METRE), properties: { ...f.properties, uso: 'mixto' } }, { movedMeters: 3, areaChangeM2: -2.5 });
    else if (i % 97 === 0) add('doubtful', f, { ...f, id: f.id + 90_000, geometry: shifted(f.geometry, 9 * METRE, 6 * METRE), properties: { ...f.properties, cuenta_catastral: `N-${f.properties.cuenta_catastral}` } }, { score: 0.62 + (i % 5) / 20, movedMeters: 10.8, areaChangeM2: 0, evidence: 'Misma superficie y uso; se traslapan 61 %; la clave es otra.' });
    else if (i % 29 === 0) add('added', null, { ...f, id: f.id + 50_000, geometry: shifted(f.geometry, 1600 * METRE, 0) });
  });
  return changes;
}
const KINDS = ['added', 'removed', 'geometry', 'attributes', 'both', 'doubtful'];
const summaryOf = (changes, all) => ({ ...Object.fromEntries(KINDS.map((kind) => [kind, changes.filter((one) => one.kind === kind).length])), unchanged: all - changes.filter((one) => one.before).length });

function begun(memory, layers) {
  if (memory.submissions) return;
  const parcels = layers.find((layer) => layer.id === 'predios').features.length;
  memory.changes = plant(layers);
  memory.parcels = parcels;
  memory.uploads = {};
  memory.revision = 12;
  const detail = (more = {}) => [{ layer: 'predios', title: 'Predios', outcome: 'replaced', count: parcels + 9, summary: summaryOf(memory.changes, parcels), schema: [{ kind: 'added', field: 'valor_catastral', from: null, to: 'decimal' }, { kind: 'removed', field: 'obs', from: 'text', to: null }, { kind: 'type', field: 'superficie_m2', from: 'text', to: 'decimal' }], alarms: [{ code: 'key-lost', text: '14 predios llegan sin cuenta catastral; antes ninguno.' }], ...more }];
  const one = (id, state, more) => ({ id, title: 'Predios 2026', department: CATASTRO, layer: { id: 'predios', title: 'Predios' }, author: ALICIA, state, created: hoursAgo(26), updated: hoursAgo(3), message: 'Fusiones y subdivisiones de octubre', source: 'predios_2026.zip', revision: null, baseRevision: 12, layers: detail(), findings: { errors: 1, warnings: 3, notes: 2 }, mayAutoPublish: false, reasons: ['Cambia más del 5 % de los predios.', 'Hay 1 error nuevo.'], ...more });
  memory.submissions = [
    one('s1', 'in-review'),
    one('s2', 'draft', { title: 'Manzanas corregidas', layer: { id: 'manzanas', title: 'Manzanas' }, findings: { errors: 0, warnings: 0, notes: 0 }, mayAutoPublish: true, reasons: [] }),
    one('s3', 'changes-requested', { title: HOSTILE, message: LONG, author: { id: 'x', name: `Bruno ${HOSTILE}` }, source: `https://datos.example/${'x'.repeat(300)}.zip` }),
    one('s4', 'published', { title: 'Números oficiales', layer: { id: 'domicilios', title: 'Números oficiales' }, revision: 12, layers: detail({ alarms: [], schema: [] }), findings: { errors: 0, warnings: 1, notes: 0 } }),
    one('s5', 'failed', { title: 'predios_final_FINAL.rar', layers: [], findings: { errors: 1, warnings: 0, notes: 0 }, baseRevision: null, layer: null }),
    one('s6', 'rejected', { title: 'Ríos 2019', layer: { id: 'rio', title: 'Ríos y arroyos' }, author: { id: 'ceci', name: 'Cecilia Luna' }, department: { id: 'agua', name: 'Agua' } }),
    one('s7', 'in-review', { title: LONG }),
    ...Array.from({ length: 40 }, (_, i) => one(`t${i}`, i % 2 ? 'published' : 'in-review', { title: `Arbolado, entrega ${i + 1}`, layer: { id: 'arbolado', title: 'Arbolado urbano' }, department: { id: 'medio-ambiente', name: 'Medio Ambiente' }, author: { id: 'dario', name: 'Darío Peña' }, created: hoursAgo(50 + i * 9), updated: hoursAgo(49 + i * 9), revision: i % 2 ? 11 : null })),
  ];
  memory.comments = { s1: [{ id: 'c1', at: hoursAgo(20), author: { id: 'gabriela', name: 'Gabriela Ortiz' }, text: `¿La cuenta perdida es del corte de septiembre?\n${HOSTILE}` }, { id: 'c2', at: hoursAgo(19), author: ALICIA, text: 'Sí, se corrige en la próxima.' }] };
  memory.revisions = Array.from({ length: 12 }, (_, i) => ({ number: 12 - i, instant: hoursAgo(30 + i * 90), author: i % 3 ? 'Alicia Ramírez' : 'importador', source: `entrega_${12 - i}.zip`, message: i === 2 ? HOSTILE : `Actualización ${12 - i}`, layers: i === 11 ? layers.map((one) => one.id) : ['predios', ...(i % 2 ? ['manzanas'] : [])], undoable: i < 3 }));
}

/** What the caller may do with a submission, by who they are and its state. */
function mayOf(one, person) {
  const reviews = person.can.includes('layer.review');
  const own = one.author.id === person.id || person.can.includes('layer.review');
  return [
    ...(one.state === 'draft' || one.state === 'changes-requested' ? (own ? ['submit', 'withdraw', 'settle', 'recheck'] : []) : []),
    ...(one.state === 'in-review' && reviews ? ['approve', 'request-changes', 'reject', 'settle', 'recheck'] : []),
    ...(one.state === 'in-review' && one.author.id === person.id ? ['withdraw'] : []),
    ...(one.state === 'failed' && own ? ['recheck', 'withdraw'] : []),
  ];
}

export async function review(ask) {
  const { method, path, query, body, bytes, json, problem, empty, memory, who, layers, state } = ask;
  if (!/^\/api\/(uploads|submissions|revisions|organisations|layers\/[^/]+\/(diff|features\/[^/]+\/history))/.test(path)) return false;
  if (path === '/api/organisations' && method !== 'GET') return false;
  begun(memory, layers);
  const person = who ? memory.people[who] : null;
  const open = /^\/api\/layers\//.test(path);
  if (!person && !open) return problem(401, 'Entre primero', 'Esto es de quien tiene cuenta.'), true;
  if (await disturbed(ask)) return true;
  const shown = (one) => ({ ...one, may: mayOf(one, person) });
  const brief = ({ layers: _, ...one }) => shown(one);
  let m;
  if (path === '/api/organisations') return json({ items: [{ id: 'villa', kind: 'city', name: 'Villa Tequio', people: 3 }, { ...CATASTRO, kind: 'department', people: 2 }, { id: 'agua', kind: 'department', name: 'Agua', people: 1 }, { id: 'movilidad', kind: 'department', name: 'Movilidad', people: 0 }], next: null }), true;

  if (path === '/api/uploads') {
    if (body.bytes > 4e9) return problem(413, 'Demasiado grande', 'Se aceptan hasta 4 GB.'), true;
    const id = `u${Object.keys(memory.uploads).length + 1}`;
    memory.uploads[id] = { id, name: body.name, bytes: body.bytes, parts: [], received: 0 };
    return json({ id, received: 0 }, 201), true;
  }
  if ((m = /^\/api\/uploads\/([^/]+)$/.exec(path))) {
    const upload = memory.uploads[m[1]];
    if (!upload) return problem(404, 'No existe', 'Esa subida ya no está.'), true;
    if (method === 'DELETE') {
      delete memory.uploads[m[1]];
      return empty(204), true;
    }
    if (method === 'PUT') {
      if (state.cut && upload.received >= state.cut) {
        ask.response.destroy();
        return true;
      }
      if (Number(query.get('offset')) !== upload.received) return problem(409, 'Ese trozo no sigue', `Se esperaba el byte ${upload.received}.`), true;
      if (bytes.length > MAX_CHUNK) return problem(413, 'Trozo demasiado grande', 'Hasta 8 MiB.'), true;
      await new Promise((done) => setTimeout(done, state.uploadDelay ?? 0));
      upload.parts.push(bytes);
      upload.received += bytes.length;
    }
    return json({ id: upload.id, name: upload.name, bytes: upload.bytes, received: upload.received }), true;
  }

  if (path === '/api/submissions' && method === 'POST') {
    if (body.url && /localhost|127\./.test(body.url)) return problem(400, 'Esa dirección no es pública', 'Solo se descarga de direcciones que todos alcanzan.'), true;
    const upload = memory.uploads[body.upload];
    if (!body.url && (!upload || upload.received !== upload.bytes)) return problem(409, 'La subida no está completa', 'Faltan bytes.'), true;
    const base = memory.submissions[0];
    const one = { ...base, id: `n${memory.submissions.length}`, title: body.layer ? `Predios: ${body.message}` : (upload?.name ?? body.url), state: 'checking', created: new Date().toISOString(), updated: new Date().toISOString(), message: body.message, source: upload?.name ?? body.url, author: { id: person.id, name: person.name }, layers: [], findings: null };
    memory.submissions.unshift(one);
    const job = startJob(memory, { lasts: state.jobLasts ?? 900, then: () => Object.assign(one, { state: 'draft', layers: base.layers, findings: base.findings }) });
    memory.jobs[job].result = { submission: one.id, state: 'draft' };
    return json({ ...(body.url ? {} : { submission: { id: one.id, state: one.state } }), job: { id: job, state: 'running' } }, 202), true;
  }
  if (path === '/api/submissions') {
    if (state.scenario === 'empty-inbox') return json({ items: [], next: null }), true;
    const wanted = memory.submissions.filter((one) => (!query.get('state') || one.state === query.get('state')) && (!query.get('layer') || one.layer?.id === query.get('layer')) && (!query.get('department') || one.department.id === query.get('department')) && (!query.get('mine') || one.author.id === person.id));
    const page = paged(wanted, query);
    return json({ ...page, items: page.items.map(brief) }), true;
  }
  if ((m = /^\/api\/submissions\/([^/]+)(?:\/([a-z.-]+))?$/.exec(path))) {
    const one = memory.submissions.find((other) => other.id === m[1]);
    if (!one) return problem(404, 'No existe', 'Aquí no existe esa entrega.'), true;
    if (!m[2]) return json(shown(one)), true;
    if (m[2] === 'findings') return json({ findings: findingsOf(one, memory) }), true;
    if (m[2] === 'diff' || m[2] === 'diff.geojson') return diff(ask, m[2], one.state === 'published' ? [] : memory.changes), true;
    if (m[2] === 'comments') {
      memory.comments[one.id] ??= [];
      if (method === 'POST') memory.comments[one.id].push({ id: `c${Date.now()}`, at: new Date().toISOString(), author: { id: person.id, name: person.name }, text: body.text });
      return json({ items: memory.comments[one.id], next: null }, method === 'POST' ? 201 : 200), true;
    }
    if (m[2] === 'matches') {
      for (const pair of body.pairs) {
        const change = memory.changes.find((each) => each.kind === 'doubtful' && each.before.id === pair.before);
        if (change) change.kind = pair.same ? 'both' : 'added';
      }
      one.layers[0].summary = summaryOf(memory.changes, memory.parcels);
      return json(shown(one)), true;
    }
    if (m[2] === 'recheck') {
      one.state = 'checking';
      const job = startJob(memory, { lasts: state.jobLasts ?? 900, then: () => (one.state = 'draft') });
      return json({ submission: shown(one), job: { id: job, state: 'running' } }, 202), true;
    }
    if (!mayOf(one, person).includes(m[2])) return problem(409, 'Ya no se puede', `La entrega está «${one.state}».`), true;
    one.state = { submit: one.mayAutoPublish ? 'published' : 'in-review', withdraw: 'withdrawn', approve: 'published', 'request-changes': 'changes-requested', reject: 'rejected' }[m[2]];
    one.updated = new Date().toISOString();
    if (one.state === 'published') {
      one.revision = ++memory.revision;
      memory.revisions.unshift({ number: one.revision, instant: one.updated, author: person.name, source: one.source, message: one.title, layers: [one.layer.id], undoable: true });
    }
    return json(shown(one)), true;
  }

  if (path === '/api/revisions') {
    const wanted = memory.revisions.filter((one) => (!query.get('layer') || one.layers.includes(query.get('layer'))) && (!query.get('before') || one.number < Number(query.get('before'))));
    return json({ items: wanted.slice(0, 10), next: wanted.length > 10 ? String(wanted[9].number) : null }), true;
  }
  if ((m = /^\/api\/revisions\/(\d+)\/undo$/.exec(path))) {
    const found = memory.revisions.find((one) => one.number === Number(m[1]));
    if (!found?.undoable) return problem(409, 'No se puede deshacer', 'Otra revisión se apoya en ella.'), true;
    found.undoable = false;
    memory.revisions.unshift({ number: ++memory.revision, instant: new Date().toISOString(), author: person.name, source: null, message: `Deshace la revisión ${found.number}`, layers: found.layers, undoable: true });
    for (const one of memory.submissions) if (one.revision === found.number) one.revision = null;
    return json({ revision: memory.revision }, 201), true;
  }
  if ((m = /^\/api\/layers\/([^/]+)\/(diff|diff\.geojson)$/.exec(path))) return diff(ask, m[2], m[1] === 'predios' ? memory.changes : []), true;
  if ((m = /^\/api\/layers\/([^/]+)\/features\/([^/]+)\/history$/.exec(path))) {
    const feature = layers.find((one) => one.id === m[1])?.features.find((one) => String(one.id) === m[2]);
    if (!feature) return problem(404, 'No existe', 'La capa no tiene ese objeto.'), true;
    const was = { ...feature, properties: { ...feature.properties, uso: 'baldío' } };
    return json({ items: [
      { revision: 12, instant: hoursAgo(120), author: 'Alicia Ramírez', message: 'Actualización de octubre', feature, fields: [{ name: 'uso', label: 'Uso', before: 'baldío', after: feature.properties.uso ?? null }] },
      { revision: 4, instant: hoursAgo(4900), author: 'importador', message: 'Primera carga', feature: was, fields: [] },
    ], next: null }), true;
  }
  return false;
}

function diff({ query, json, memory }, what, changes) {
  const kind = query.get('kind');
  const wanted = changes.filter((one) => !kind || one.kind === kind);
  if (what === 'diff') {
    const page = paged(wanted, query, 50);
    return json({ ...page, items: page.items.map(({ shapes: _, ...one }) => one), summary: { ...summaryOf(changes, memory.parcels), doubtful: undefined } });
  }
  const box = query.get('bbox')?.split(',').map(Number);
  const touches = (geometry) => {
    const [w, s, e, n] = boxOf(geometry);
    return !box || (w <= box[2] && e >= box[0] && s <= box[3] && n >= box[1]);
  };
  const features = wanted.flatMap((one) => one.shapes.flatMap((geometry, i) => (geometry && touches(geometry) && !(i && one.kind === 'attributes') ? [{ type: 'Feature', properties: { n: one.n, kind: one.kind, side: i ? 'after' : 'before' }, geometry }] : [])));
  const most = 2 * Math.min(500, Number(query.get('limit') ?? 500));
  return json({ type: 'FeatureCollection', complete: features.length <= most, features: features.slice(0, most) }, 200, 'application/geo+json');
}

function findingsOf(one, memory) {
  if (one.state === 'failed') return [{ code: 'archive.unknown', severity: 'error', title: 'El archivo RAR no se puede abrir', layer: null, source: one.source, subject: null, count: 1, evidence: 'Los primeros bytes son de un RAR 5.', action: 'No se usó. Mándelo como ZIP.', examples: [] }];
  const spots = memory.changes.filter((each) => each.kind === 'geometry').slice(0, 6).map((each) => each.before.bbox);
  const at = (i) => ({ row: 100 + i, text: i ? 'anillo que se cruza' : HOSTILE, lon: (spots[i][0] + spots[i][2]) / 2, lat: (spots[i][1] + spots[i][3]) / 2 });
  return [
    { code: 'note.encoding', severity: 'note', title: 'La codificación se dedujo de los bytes', layer: 'predios', source: one.source, subject: null, count: 1, evidence: 'Windows-1252: 0xF1 en «ñ».', action: 'Se leyó así.', examples: [] },
    { code: 'error.ring', severity: 'error', title: 'Geometrías que se cruzan a sí mismas', layer: 'predios', source: one.source, subject: null, count: 6, evidence: 'JTS lo dice de cada una.', action: 'Quedaron como llegaron.', examples: [0, 1, 2, 3].map(at) },
    { code: 'warning.text', severity: 'warning', title: `Números guardados como texto ${HOSTILE}`, layer: 'predios', source: one.source, subject: 'superficie_m2', count: 812, evidence: '92 % son números con coma decimal.', action: 'Se leyeron como números.', examples: [{ row: 3, text: '"120,5"', lon: null, lat: null }] },
  ];
}
