// Versions of one thing brought together, and checks across layers.
import { BBOX, LAYERS } from './city.mjs';
import { created, empty, job, notThere, page, problem } from './desk.mjs';

const [WEST, SOUTH] = BBOX;
const NAMES = ['San Miguel', 'Santa Cruz Atoyac', 'La Merced', 'Barrio de San Juan', 'Ejidos de San Pedro', 'Loma Bonita', 'El Rosario', 'Guadalupe Tepeyac', 'U. H. Vicente Guerrero', 'Del Carmen', 'Santa María la Ribera', 'Tlatelolco', 'Peñón de los Baños', 'Ampliación Las Águilas', 'La Noria', 'Xochitepec'];
const OTHER_NAMES = ['SAN MIGUEL', 'STA CRUZ ATOYAC', 'MERCED, LA', 'S JUAN (BARRIO)', 'EJ SN PEDRO', 'LOMABONITA', 'ROSARIO EL', 'GPE TEPEYAC', 'UNIDAD HABITACIONAL V GUERRERO', 'CARMEN DEL', 'SANTA MA LA RIBERA', 'TLATELOLCO', 'PENON DE LOS BANOS', 'AMPL AGUILAS', 'NORIA, LA', 'SAN LORENZO'];

const cell = (i, shift = 0, grow = 0) => {
  const [w, s] = [WEST + 0.003 + (i % 4) * 0.0055 + shift, SOUTH + 0.003 + Math.floor(i / 4) * 0.0055 + shift / 2];
  const [e, n] = [w + 0.0052 + grow, s + 0.0052 + grow];
  return { type: 'Polygon', coordinates: [[[w, s], [e, s], [e, n], [(w + e) / 2, n + grow * 2], [w, n], [w, s]]] };
};
const boxOf = (geometry) => {
  const ring = geometry.coordinates[0];
  return [Math.min(...ring.map((p) => p[0])), Math.min(...ring.map((p) => p[1])), Math.max(...ring.map((p) => p[0])), Math.max(...ring.map((p) => p[1]))];
};

const groups = NAMES.map((name, i) => {
  const single = i === 15;
  const doubtful = i % 4 === 3 && !single;
  const first = { layer: 'colonias', feature: `c${i + 1}`, key: String(100 + i), name, shape: cell(i) };
  const second = { layer: 'colonias-catastro', feature: `k${i + 1}`, key: `09-${100 + i}`, name: i === 3 ? '<script>alert("S JUAN")</script>' : OTHER_NAMES[i], shape: cell(i, doubtful ? 0.0009 : 0.00004, doubtful ? 0.0012 : 0.0001) };
  const members = single ? [first] : i === 1 ? [first, second, { ...second, layer: 'colonias-participacion', feature: `p${i + 1}`, key: `IECM ${i}`, name: 'Santa Cruz Atoyac I' }] : [first, second];
  return {
    n: i + 1,
    state: single ? 'single' : doubtful ? 'doubtful' : 'matched',
    score: single ? null : doubtful ? 0.58 + i / 100 : 0.93 + (i % 5) / 100,
    note: null,
    members: members.map(({ shape, ...one }) => ({ ...one, bbox: boxOf(shape), areaM2: 312_400 + i * 4100 + (one.layer === 'colonias' ? 0 : doubtful ? 61_220 : 410) })),
    shapes: members.map(({ shape, layer, feature }) => ({ layer, feature, shape })),
    evidence: single
      ? [{ kind: 'geometry', text: 'Ninguna otra capa tiene algo en este lugar.', score: 0 }]
      : [
          { kind: 'key', text: doubtful ? 'Las claves no se corresponden.' : `Las claves terminan igual: «${100 + i}» y «09-${100 + i}».`, score: doubtful ? 0.1 : 1 },
          { kind: 'name', text: `«${name}» y «${OTHER_NAMES[i]}» se parecen, sin acentos ni abreviaturas.`, score: doubtful ? 0.72 : 0.96 },
          { kind: 'geometry', text: doubtful ? 'Comparten 61 % de la superficie; el borde se aparta hasta 148 m.' : 'Comparten 98 % de la superficie; el borde se aparta hasta 6 m.', score: doubtful ? 0.61 : 0.98 },
        ],
    differences: single
      ? []
      : [
          { attribute: 'name', values: { colonias: name, 'colonias-catastro': OTHER_NAMES[i] }, meters: null, areaM2: null },
          { attribute: 'population', values: { colonias: 4100 + i * 310, 'colonias-catastro': i % 3 === 0 ? null : 4090 + i * 310 }, meters: null, areaM2: null },
          { attribute: 'geometry', values: null, meters: doubtful ? 148.2 : 6.1, areaM2: doubtful ? 61_220 : 410 },
        ],
  };
});

const fresh = () => ({
  list: new Map([
    ['colonias', {
      id: 'colonias', title: 'Colonias: tres versiones', kind: 'crosswalk', state: 'ready',
      members: [{ layer: 'colonias', title: 'Colonias y barrios', key: 'cve_col', name: 'colonia' }, { layer: 'colonias-catastro', title: 'Colonias catastrales', key: 'clave', name: 'nombre' }, { layer: 'colonias-participacion', title: 'Unidades territoriales', key: null, name: 'ut' }],
      authority: { name: 'colonias', geometry: 'colonias-catastro' }, chosen: ['name'], comparisons: [{ layers: ['colonias', 'colonias-catastro'], keys: 'Las claves terminan igual: «100» y «09-100».', names: true }], merged: null, crosswalk: null, updated: '2026-11-24T17:05:00Z',
    }],
    ['padron-mercados', {
      id: 'padron-mercados', title: 'Padrón de locatarios en sus mercados', kind: 'join', state: 'published',
      members: [{ layer: 'mercados', title: 'Mercados públicos', key: 'nombre', name: null }, { layer: 'padron_mercados', title: 'Padrón de locatarios', key: 'local', name: null }],
      authority: {}, merged: 'mercados', crosswalk: 'mercados', updated: '2026-11-20T09:12:00Z', counts: { matched: 3, doubtful: 0, settled: 0, onlyIn: { mercados: 0, padron_mercados: 4 } },
    }],
    ['calles', { id: 'calles', title: 'Calles de Movilidad y de Catastro', kind: 'crosswalk', state: 'new', members: [{ layer: 'vialidad', title: 'Calles', key: null, name: 'nombre' }, { layer: 'domicilios', title: 'Números oficiales', key: null, name: 'via' }], authority: {}, merged: null, crosswalk: null, updated: null, counts: null }],
  ]),
  groups: new Map(groups.map((one) => [one.n, structuredClone(one)])),
});
const keptIn = (state) => (state.reconcile ??= fresh());
const counted = (kept, one) => {
  if (one.id !== 'colonias') return { counts: { matched: 0, doubtful: 0, settled: 0, onlyIn: {} }, ...one };
  const all = [...kept.groups.values()];
  const of = (wanted) => all.filter((group) => group.state === wanted).length;
  return { ...one, counts: { matched: of('matched'), doubtful: of('doubtful'), settled: of('settled'), onlyIn: { colonias: of('single'), 'colonias-catastro': 0, 'colonias-participacion': 0 } } };
};
const told = ({ shapes: _shapes, ...group }) => group;

export function reconcile({ method, path, query, body, state }) {
  const match = /^\/api\/reconciliations(?:\/([^/]+)(?:\/(groups|decisions|attributes|authority|run|publish)(?:\/(\d+)\.geojson)?)?)?$/.exec(path);
  if (!match) return null;
  const kept = keptIn(state);
  const [, id, part, n] = match;
  if (!id) {
    if (method === 'GET') return page([...kept.list.values()].map((one) => counted(kept, one)), query);
    if ((body.members ?? []).length < 2) return problem(400, 'Faltan capas', "'members': se esperaban dos capas o más y llegó una.");
    const made = { id: `r${kept.list.size + 1}`, title: body.title, kind: body.kind, state: 'new', members: body.members.map((one) => ({ ...one, title: LAYERS.find((layer) => layer.id === one.layer)?.titles.es ?? one.layer })), authority: {}, merged: null, crosswalk: null, updated: null, counts: null };
    kept.list.set(made.id, made);
    return created(counted(kept, made));
  }
  const one = kept.list.get(id);
  if (!one) return notThere(`Ninguna comparación se llama «${id}».`);
  if (!part) {
    if (method === 'DELETE') {
      kept.list.delete(id);
      return empty();
    }
    if (method === 'PUT') Object.assign(one, body);
    return { status: 200, body: counted(kept, one) };
  }
  if (part === 'run') {
    one.state = 'ready';
    return job(state, 'reconcile', one.title, { reconciliation: id });
  }
  if (part === 'publish') {
    one.state = 'published';
    one.merged = 'colonias';
    one.crosswalk = 'padron_mercados';
    return job(state, 'reconcile.publish', one.title, { reconciliation: id, merged: 'colonias' });
  }
  if (part === 'authority') {
    one.authority = body;
    one.chosen = Object.keys(body);
    return { status: 200, body: counted(kept, one) };
  }
  if (part === 'attributes') {
    const fields = { colonias: 'colonia', 'colonias-catastro': 'nombre', 'colonias-participacion': 'ut' };
    return { status: 200, body: { items: [
      { attribute: 'name', label: 'Nombre', fields, agree: 9, differ: 6, missing: { colonias: 0, 'colonias-catastro': 0, 'colonias-participacion': 14 } },
      { attribute: 'population', label: 'Población', fields: { colonias: 'pob', 'colonias-catastro': 'hab' }, agree: 2, differ: 8, missing: { colonias: 0, 'colonias-catastro': 5 } },
      { attribute: 'postcode', label: 'Código postal', fields: { 'colonias-catastro': 'cp' }, agree: 0, differ: 0, missing: { 'colonias-catastro': 1 } },
      { attribute: 'geometry', label: 'Forma', fields: { colonias: 'geom', 'colonias-catastro': 'geom', 'colonias-participacion': 'geom' }, agree: 11, differ: 4, missing: {} },
    ] } };
  }
  if (part === 'decisions') {
    for (const decision of body.items) {
      const group = kept.groups.get(decision.n);
      if (group) Object.assign(group, decision.same === null ? { state: 'doubtful', note: null } : { state: 'settled', same: decision.same, note: decision.note ?? null });
    }
    return { status: 200, body: counted(kept, one) };
  }
  if (n) {
    const group = kept.groups.get(Number(n));
    return group ? { status: 200, body: { type: 'FeatureCollection', features: group.shapes.map(({ layer, feature, shape }) => ({ type: 'Feature', id: feature, geometry: shape, properties: { layer, feature } })) } } : notThere(n);
  }
  const wanted = query.get('state');
  return page([...kept.groups.values()].filter((group) => (!wanted || group.state === wanted) && (!query.get('layer') || group.members.some((member) => member.layer === query.get('layer')))).map(told), query);
}

const CHECKS = [
  { id: 'predios-encimados', kind: 'overlap', title: 'Predios que se enciman', layers: ['predios'], state: 'done', count: 12, checked: '2026-11-24T06:00:00Z', revision: 12 },
  { id: 'escuelas-fuera', kind: 'outside', title: 'Escuelas fuera de la ciudad', layers: ['escuelas', 'limite'], state: 'done', count: 0, checked: '2026-11-24T06:01:00Z', revision: 12 },
  { id: 'construcciones-sueltas', kind: 'building-outside-parcel', title: 'Construcciones fuera de todo predio', layers: ['construcciones', 'predios'], state: 'new', count: null, checked: null, revision: null },
];
const KINDS = [
  { kind: 'overlaps', title: 'Encimados entre sí', question: '¿De cuál de los dos es este pedazo?', roles: [{ title: 'Capa', dimension: 2, optional: false }], options: { least: 1 } },
  { kind: 'points-outside', title: 'Puntos fuera de un área', question: '¿Está bien puesto?', roles: [{ title: 'Puntos', dimension: 0, optional: false }, { title: 'Área', dimension: 2, optional: true }], options: {} },
];
export function checks({ method, path, query, body, state }) {
  const match = /^\/api\/checks(?:\/([^/.]+)(\.geojson)?(?:\/(run|findings))?)?$/.exec(path);
  if (!match) return null;
  const kept = (state.checks ??= new Map(CHECKS.map((one) => [one.id, { ...one }])));
  const [, id, shapes, part] = match;
  if (!id) {
    if (method === 'GET') return { status: 200, body: { ...page([...kept.values()], query).body, kinds: KINDS } };
    const made = { id: `check-${kept.size + 1}`, kind: body.kind, title: KINDS.find((one) => one.kind === body.kind).title, layers: body.layers, state: 'new', count: null, checked: null, revision: null };
    kept.set(made.id, made);
    return created(made);
  }
  const one = kept.get(id);
  if (!one) return notThere(id);
  if (method === 'DELETE') {
    kept.delete(id);
    return empty();
  }
  if (part === 'run') {
    Object.assign(one, { state: 'done', count: one.count ?? 5, checked: '2026-11-25T12:00:00Z', revision: 12 });
    return job(state, 'check', one.title, { check: id });
  }
  const found = LAYERS.find((layer) => layer.id === 'predios').features.slice(40, 40 + (one.count ?? 0)).map((feature, i) => {
    const [lon, lat] = feature.geometry.coordinates[0][0];
    return { n: i + 1, text: `El predio ${feature.properties.cuenta_catastral} se encima ${(3.4 + i * 2.1).toFixed(1)} m² con su vecino.`, lon, lat, bbox: [lon - 0.0002, lat - 0.0002, lon + 0.0002, lat + 0.0002], features: [{ layer: 'predios', feature: String(feature.id) }], measure: 3.4 + i * 2.1, shape: feature.geometry };
  });
  if (shapes) return { status: 200, body: { type: 'FeatureCollection', features: found.map(({ n, text, shape }) => ({ type: 'Feature', id: n, geometry: shape, properties: { n, text } })) } };
  return page(found.map(({ shape: _shape, ...rest }) => rest), query);
}
