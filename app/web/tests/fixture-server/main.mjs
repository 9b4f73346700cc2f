// The fixture city over HTTP, as the contract of the real server says it. Scenarios make the edge states that a healthy
// server never shows: an empty city, a failing place card, a search that finds nothing.
//   node tests/fixture-server/main.mjs --port 8091
import { createServer } from 'node:http';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import GeoJSONVT from 'geojson-vt';
import vtpbf from 'vt-pbf';
import { BBOX, CITY_NAME, LAYERS } from './city.mjs';
import { Processes } from './processes.mjs';
import { staff } from './staff.mjs';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const CSP = "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; connect-src 'self' http://127.0.0.1:8111";
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.txt': 'text/plain; charset=utf-8', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.woff': 'font/woff', '.png': 'image/png', '.webmanifest': 'application/manifest+json' };
const THEMES = {
  reference: ['Referencia', 'Referência', 'Reference'], cadastre: ['Catastro', 'Cadastro', 'Cadastre'], planning: ['Planeación', 'Planejamento', 'Planning'], heritage: ['Patrimonio', 'Patrimônio', 'Heritage'],
  risk: ['Riesgos', 'Riscos', 'Risk'], hydrography: ['Hidrografía', 'Hidrografia', 'Hydrography'], environment: ['Medio ambiente', 'Meio ambiente', 'Environment'], mobility: ['Movilidad', 'Mobilidade', 'Mobility'],
  facilities: ['Equipamiento', 'Equipamentos', 'Facilities'], economy: ['Economía', 'Economia', 'Economy'], public_space: ['Espacio público', 'Espaço público', 'Public space'], other: ['Otras', 'Outras', 'Other'],
};
/** A picture of one grey point. */
const DOT = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mO4AQAA2gDZvcV+FQAAAABJRU5ErkJggg==', 'base64');
const LANGUAGES = ['es', 'pt', 'en'];
const ENDS_OF_LINES = { errors: 'error', warnings: 'warning', notes: 'note' };

const FORMATS = { gpkg: 'GeoPackage', 'shp.zip': 'Shapefile', geojson: 'GeoJSON', fgb: 'FlatGeobuf', parquet: 'GeoParquet', csv: 'CSV', 'csv.zip': 'CSV (ZIP)', xlsx: 'XLSX', kml: 'KML', kmz: 'KMZ', gpx: 'GPX' };

const fold = (text) => String(text).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function describe(l, lang) {
  const title = l.titles[lang];
  return {
    id: l.id, title, titles: l.titles, description: null, theme: l.theme, department: l.department, standard: l.standard, geometry: l.geometry, count: l.features.length,
    bbox: l.geometry === 'NONE' ? null : BBOX, date: l.date, revision: 12, updated: '2026-11-20T16:30:00Z', licence: l.licence, crs: 'EPSG:32614',
    sources: [{ file: `${l.id}.zip`, format: 'Shapefile', sha256: 'f'.repeat(64), crs: 'EPSG:32614', operation: 'EPSG:32614 → EPSG:6369', accuracyMeters: 0.1 }],
    findings: l.findings, fields: l.fields, closedFields: l.id === 'predios' ? 3 : 0, tiles: l.geometry === 'NONE' ? null : `/tiles/${l.id}/{z}/{x}/{y}`, minZoom: l.minZoom, maxZoom: l.maxZoom,
    downloads: Object.entries(FORMATS).map(([extension, format]) => {
      const refusal = extension === 'gpx' && /POLYGON|NONE/.test(l.geometry) ? { es: 'GPX solo guarda puntos o líneas', pt: 'GPX só guarda pontos ou linhas', en: 'GPX holds points or lines only' }[lang] : null;
      return { format, extension, href: refusal ? null : `/api/downloads/${l.id}.${extension}`, anyCrs: !['geojson', 'kml', 'kmz', 'gpx'].includes(extension), refusal };
    }),
    hasCoverage: l.coverage !== null,
  };
}
function findingsOf(l) {
  const list = [];
  for (const [counter, severity] of Object.entries(ENDS_OF_LINES)) {
    for (let i = 0; i < l.findings[counter]; i++) {
      list.push({
        code: `${severity}.${i + 1}`, severity, title: { error: 'Geometrías que se cruzan a sí mismas', warning: 'Números guardados como texto', note: 'La codificación se dedujo de los bytes' }[severity],
        layer: l.id, source: `${l.id}.zip`, subject: severity === 'warning' ? 'superficie_m2' : null, count: 3 + i * 14, evidence: '92 % de los valores son números con coma decimal', action: 'Se importaron tal como llegaron; nada se reparó.',
        examples: [{ row: 118 + i, text: 'anillo que se toca en (486120.4, 2105511.9)', lon: BBOX[0] + 0.012, lat: BBOX[1] + 0.011 }],
      });
    }
  }
  return list;
}

const indexes = new Map();
function tile(l, z, x, y) {
  let index = indexes.get(l.id);
  if (!index) {
    index = new GeoJSONVT({ type: 'FeatureCollection', features: l.features }, { maxZoom: 18, indexMaxZoom: 5, indexMaxPoints: 0, tolerance: 3, buffer: 64 });
    indexes.set(l.id, index);
  }
  const found = index.getTile(z, x, y);
  return found && found.features.length ? gzipSync(vtpbf.fromGeojsonVt({ [l.id]: found }, { version: 2 })) : null;
}

function rings(geometry) {
  if (!geometry) return [];
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
}
function inside(geometry, lon, lat) {
  return rings(geometry).some(([outer]) => {
    let odd = false;
    for (let i = 0, j = outer.length - 1; i < outer.length; j = i++) {
      const [xi, yi] = outer[i];
      const [xj, yj] = outer[j];
      if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) odd = !odd;
    }
    return odd;
  });
}
function metres(geometry, lon, lat) {
  const k = 111_320;
  const cos = Math.cos((lat * Math.PI) / 180);
  const flat = geometry.type === 'Point' ? [geometry.coordinates] : geometry.type === 'LineString' ? geometry.coordinates : [];
  let best = Infinity;
  const P = flat.map(([x, y]) => [(x - lon) * k * cos, (y - lat) * k]);
  for (let i = 0; i < P.length; i++) {
    best = Math.min(best, Math.hypot(...P[i]));
    if (i) {
      const [ax, ay] = P[i - 1];
      const [bx, by] = P[i];
      const t = Math.max(0, Math.min(1, -(ax * (bx - ax) + ay * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2 || 1)));
      best = Math.min(best, Math.hypot(ax + t * (bx - ax), ay + t * (by - ay)));
    }
  }
  return best;
}
const titleOf = (l, f) => f.properties.nombre ?? f.properties.colonia ?? f.properties.cuenta_catastral ?? (f.properties.num_ext ? `${f.properties.via} ${f.properties.num_ext}` : null) ?? f.properties.nomgeo ?? null;
const propertiesOf = (l, f) => l.fields.map((field) => ({ name: field.name, label: field.label, value: f.properties[field.name] ?? null, unit: field.unit }));

function place(lon, lat, lang) {
  const departments = new Map();
  const nothingHere = [];
  const noData = [];
  let parcel = null;
  let title = null;
  for (const l of LAYERS) {
    if (l.geometry === 'NONE') continue;
    const found = l.features
      .map((f) => ({ f, d: rings(f.geometry).length ? (inside(f.geometry, lon, lat) ? 0 : Infinity) : metres(f.geometry, lon, lat) }))
      .filter(({ d }) => d <= 30)
      .sort((a, b) => a.d - b.d);
    const department = l.department ?? { es: 'Sin dependencia', pt: 'Sem órgão', en: 'No department' }[lang];
    if (!found.length) {
      if (l.coverage && inside(l.coverage, lon, lat)) nothingHere.push({ id: l.id, title: l.titles[lang], department });
      else noData.push({ id: l.id, title: l.titles[lang], department, reason: l.coverage ? { es: 'La capa no abarca este lugar', pt: 'A camada não abrange este lugar', en: 'The layer does not reach this place' }[lang] : { es: 'Nadie ha declarado qué zona abarca', pt: 'Ninguém declarou que área abrange', en: 'Nobody has stated which area it covers' }[lang] });
      continue;
    }
    if (l.id === 'predios') parcel = { layer: l.id, feature: found[0].f.id, key: found[0].f.properties.cuenta_catastral };
    if (l.id === 'domicilios') title = titleOf(l, found[0].f);
    if (!departments.has(department)) departments.set(department, { name: department, layers: [] });
    departments.get(department).layers.push({
      id: l.id, title: l.titles[lang], theme: l.theme, date: l.date, source: `${l.id}.zip`, revision: 12,
      features: found.slice(0, 10).map(({ f, d }) => ({ id: f.id, title: titleOf(l, f), distanceMeters: d, properties: propertiesOf(l, f) })),
    });
  }
  return { lon, lat, insideCity: inside(LAYERS[0].features[0].geometry, lon, lat), title: title ?? parcel?.key ?? { es: 'Un lugar en el mapa', pt: 'Um lugar no mapa', en: 'A place on the map' }[lang], parcel, departments: [...departments.values()], nothingHere, noData };
}

function centre(geometry) {
  const flat = geometry.type === 'Point' ? [geometry.coordinates] : geometry.type === 'LineString' ? [geometry.coordinates[geometry.coordinates.length >> 1]] : geometry.coordinates[0];
  return [flat.reduce((s, p) => s + p[0], 0) / flat.length, flat.reduce((s, p) => s + p[1], 0) / flat.length];
}
function search(q, limit, lang) {
  const words = fold(q).split(/\s+/).filter(Boolean);
  const results = [];
  const exact = { es: 'exacto', pt: 'exato', en: 'exact' }[lang];
  for (const l of LAYERS) {
    if (words.every((w) => fold(l.titles[lang]).includes(w))) results.push({ kind: 'layer', title: l.titles[lang], subtitle: l.department ?? '', layer: l.id, feature: null, lon: null, lat: null, bbox: l.geometry === 'NONE' ? null : BBOX, precision: exact });
  }
  const kinds = { vialidad: 'street', predios: 'parcel', domicilios: 'address' };
  const seen = new Set();
  for (const l of LAYERS) {
    if (['limite', 'manzanas', 'construcciones', 'zonificacion', 'rio'].includes(l.id) || l.geometry === 'NONE') continue;
    for (const f of l.features) {
      const name = titleOf(l, f);
      if (!name || !words.every((w) => fold(name).includes(w)) || seen.has(l.id + name)) continue;
      seen.add(l.id + name);
      const [lon, lat] = centre(f.geometry);
      results.push({ kind: kinds[l.id] ?? 'place', title: name, subtitle: l.titles[lang], layer: l.id, feature: f.id, lon, lat, bbox: null, precision: l.id === 'vialidad' ? { es: 'la calle, no el número', pt: 'a rua, não o número', en: 'the street, not the number' }[lang] : exact });
      if (results.length > 60) break;
    }
  }
  return results.slice(0, limit);
}

/** Starts the fixture; `scenario` may be changed while it runs. */
export function start({ port = 0, scenario = 'full' } = {}) {
  const state = { scenario, requests: [] };
  const processes = new Processes(state);
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const lang = LANGUAGES.includes(url.searchParams.get('lang')) ? url.searchParams.get('lang') : 'es';
    state.requests.push(url.pathname);
    const json = (body, status = 200, type = 'application/json') => {
      const bytes = gzipSync(JSON.stringify(body));
      response.writeHead(status, { 'content-type': type, 'content-encoding': 'gzip', 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' });
      response.end(bytes);
    };
    const problem = (status, title, detail) => json({ type: 'about:blank', title, status, detail }, status, 'application/problem+json');
    const path = decodeURIComponent(url.pathname);
    const empty = (status) => response.writeHead(status).end();
    if (await staff({ method: request.method, path, query: url.searchParams, lang, request, response, state, json, problem, empty, layers: LAYERS })) return;
    const layers = state.scenario === 'empty' ? [] : LAYERS;
    let m;
    if (path === '/health') return json({ status: 'up', revision: 12 });
    if (path.startsWith('/api/') && state.scenario === 'broken') return problem(503, 'El servidor está ocupado', 'Se está importando una capa grande.');
    if (path === '/api/city') return json({ name: CITY_NAME, crs: 'EPSG:6369', bbox: state.scenario === 'empty' ? null : BBOX, revision: layers.length ? 12 : 0, updated: '2026-11-20T16:30:00Z', counts: { layers: layers.length, features: layers.reduce((s, l) => s + l.features.length, 0), departments: new Set(layers.map((l) => l.department)).size, findings: 14 }, languages: LANGUAGES });
    if (path === '/api/layers') {
      const ids = [...new Set(layers.map((l) => l.theme))];
      return json({ layers: layers.map((l) => describe(l, lang)), themes: ids.map((id) => ({ id, title: THEMES[id][LANGUAGES.indexOf(lang)] })), departments: [...new Set(layers.map((l) => l.department).filter(Boolean))] });
    }
    if (path === '/api/findings') return json({ findings: layers.flatMap(findingsOf) });
    if ((m = path.match(/^\/api\/layers\/([^/]+)(?:\/(findings|values|features)(?:\/([^/]+))?)?$/))) {
      const l = layers.find((one) => one.id === m[1]);
      if (!l) return problem(404, 'No existe esa capa', `Ninguna capa se llama «${m[1]}».`);
      if (!m[2]) return json({ ...describe(l, lang), coverage: l.coverage, key: l.key, history: [{ revision: 12, instant: '2026-11-20T16:30:00Z', author: 'importador', message: `Importado de ${l.id}.zip`, count: l.features.length }, { revision: 4, instant: '2026-05-02T10:00:00Z', author: 'importador', message: 'Primera carga', count: l.features.length - 3 }], about: { grade: 'B', freshness: 'overdue', freshnessTitle: 'atrasada', due: '2026-10-31', licenceTitle: 'Creative Commons Atribución 4.0', licenceUrl: 'https://creativecommons.org/licenses/by/4.0/' } });
      if (m[2] === 'findings') return json({ findings: findingsOf(l) });
      if (m[2] === 'values') {
        const field = url.searchParams.get('field');
        const counts = new Map();
        for (const f of l.features) counts.set(f.properties[field] ?? null, (counts.get(f.properties[field] ?? null) ?? 0) + 1);
        const values = [...counts].map(([value, count]) => ({ value, label: value === null ? '—' : String(value), count })).sort((a, b) => b.count - a.count);
        return json({ values: values.slice(0, 50), truncated: values.length > 50 });
      }
      const f = l.features.find((one) => String(one.id) === m[3]);
      return f ? json(f, 200, 'application/geo+json') : problem(404, 'No existe', `La capa no tiene el objeto ${m[3]}.`);
    }
    if (path === '/api/place') {
      if (state.scenario === 'broken-place') return problem(500, 'Algo falló de nuestro lado', 'El número de este error es 7f3a.');
      return setTimeout(() => json(place(Number(url.searchParams.get('lon')), Number(url.searchParams.get('lat')), lang)), state.scenario === 'slow' ? 2500 : 0);
    }
    if (path === '/api/print') {
      const box = url.searchParams.get('bbox')?.split(',').map(Number);
      const [lon, lat] = url.searchParams.get('center')?.split(',').map(Number) ?? [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
      const scale = Number(url.searchParams.get('scale') ?? ((box[2] - box[0]) * 111_320) / 0.212);
      if (state.scenario === 'busy-print' && url.searchParams.get('f') === 'pdf') return problem(503, 'El servidor está ocupado', 'Muchos dibujan al mismo tiempo: intente en un minuto.');
      const [x, y] = [(0.106 * scale) / 111_320, (0.08 * scale) / 111_320];
      const frame = { type: 'Polygon', coordinates: [[[lon - x, lat - y], [lon + x, lat - y], [lon + x, lat + y], [lon - x, lat + y], [lon - x, lat - y]]] };
      if (url.searchParams.get('f') === 'json') return json({ frame, scale: Math.round(scale), pages: 1 });
      response.writeHead(200, { 'content-type': url.searchParams.get('f') === 'png' ? 'image/png' : 'application/pdf' });
      return response.end(DOT);
    }
    if (path === '/api/search') {
      const q = url.searchParams.get('q') ?? '';
      return json({ query: q, results: search(q, Number(url.searchParams.get('limit') ?? 10), lang) });
    }
    if ((m = path.match(/^\/tiles\/([^/]+)\/(\d+)\/(\d+)\/(\d+)$/))) {
      if (state.scenario === 'no-tiles' && m[1] === 'vialidad') return problem(500, 'Algo falló', 'x');
      const l = layers.find((one) => one.id === m[1]);
      const bytes = l && tile(l, +m[2], +m[3], +m[4]);
      if (!bytes) return response.writeHead(204).end();
      response.writeHead(200, { 'content-type': 'application/vnd.mapbox-vector-tile', 'content-encoding': 'gzip', etag: `"12-${m[1]}"` });
      return response.end(bytes);
    }
    if ((m = path.match(/^\/api\/downloads\/([^/.]+)\.([a-z.]+)\/estimate$/))) {
      const l = layers.find((one) => one.id === m[1]);
      if (url.searchParams.get('filter')?.includes('!')) return problem(400, 'Filtro inválido', 'filter#1: se esperaba una propiedad y llegó \'!\'');
      const features = url.searchParams.has('bbox') || url.searchParams.has('area') ? Math.ceil(l.features.length / 3) : l.features.length;
      return json({ features, bytes: features * 412 + 1200, isLarge: state.scenario === 'large' });
    }
    if ((m = path.match(/^\/api\/downloads\/([^/.]+)\.([a-z.]+)$/))) {
      const l = layers.find((one) => one.id === m[1]);
      if (!l) return problem(404, 'No existe esa capa', m[1]);
      response.writeHead(200, { 'content-type': 'application/geo+json', 'content-disposition': `attachment; filename="${m[1]}.${m[2]}"` });
      return response.end(JSON.stringify({ type: 'FeatureCollection', features: l.features }));
    }
    if (path === '/wms') {
      response.writeHead(200, { 'content-type': 'image/png' });
      return response.end(DOT);
    }
    if (path.startsWith('/ogc/')) return processes.answer(request, response, path, { json, problem });
    if (path.startsWith('/api/') || path.startsWith('/tiles/')) return problem(404, 'No existe', path);
    let file = normalize(join(DIST, path));
    if (!file.startsWith(DIST)) return problem(404, 'No existe', path);
    if (!existsSync(file) || statSync(file).isDirectory()) {
      if (extname(path)) return problem(404, 'No existe', path);
      file = join(DIST, 'index.html');
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': CSP, 'x-content-type-options': 'nosniff', 'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache' });
    response.end(readFileSync(file));
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve({ state, url: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }) }));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--port');
  const running = await start({ port: at > 0 ? Number(process.argv[at + 1]) : 8091 });
  process.stdout.write(`The fixture city is at ${running.url}\n`);
}
