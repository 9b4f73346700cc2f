// A small made-up town for developing and testing the page without the real server: GeoJSON layers drawn by
// arithmetic from a fixed seed, a few hundred metres of everything the map knows how to show.

const ORIGIN = [-98.952, 19.043];
const METRES_PER_DEGREE = 111_320;

function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const rnd = random(1968);
const pick = (list) => list[Math.floor(rnd() * list.length)];

const TURN = 0.16;
function toLonLat([x, y]) {
  const bend = 60 * Math.sin(y / 900);
  const east = (x + bend) * Math.cos(TURN) - y * Math.sin(TURN);
  const north = (x + bend) * Math.sin(TURN) + y * Math.cos(TURN);
  return [
    +(ORIGIN[0] + east / (METRES_PER_DEGREE * Math.cos((ORIGIN[1] * Math.PI) / 180))).toFixed(7),
    +(ORIGIN[1] + north / METRES_PER_DEGREE).toFixed(7),
  ];
}
const feature = (id, geometry, properties) => ({ type: 'Feature', id, geometry, properties });
const polygon = (points) => ({ type: 'Polygon', coordinates: [[...points, points[0]].map(toLonLat)] });
const box = (x0, y0, x1, y1) => {
  const points = [];
  const steps = Math.max(1, Math.round(Math.abs(y1 - y0) / 80));
  for (let i = 0; i <= steps; i++) points.push([x1, y0 + ((y1 - y0) * i) / steps]);
  for (let i = steps; i >= 0; i--) points.push([x0, y0 + ((y1 - y0) * i) / steps]);
  return polygon(points);
};
const line = (points) => ({ type: 'LineString', coordinates: points.map(toLonLat) });
const point = (xy) => ({ type: 'Point', coordinates: toLonLat(xy) });

const COLS = 18;
const ROWS = 14;
const BLOCK = [92, 118];
const STREET = 14;
const STEP = [BLOCK[0] + STREET, BLOCK[1] + STREET];
const left = (-COLS * STEP[0]) / 2;
const bottom = (-ROWS * STEP[1]) / 2;
const xOf = (c) => left + c * STEP[0];
const yOf = (r) => bottom + r * STEP[1];
const riverX = (y) => left + 11.6 * STEP[0] + 130 * Math.sin(y / 420);

const AVENUES = ['Avenida de la Constitución', 'Calzada del Río', 'Avenida Benito Juárez', 'Avenida del Trabajo'];
const STREETS = [
  'Calle Hidalgo', 'Calle Morelos', 'Calle Allende', 'Calle Aldama', 'Calle Matamoros', 'Calle Guerrero', 'Calle Bravo', 'Calle Galeana', 'Calle Rayón',
  'Calle Mina', 'Calle Victoria', 'Calle Abasolo', 'Calle Jiménez', 'Calle de los Ángeles', 'Calle Ocampo', 'Calle Zaragoza', 'Calle Degollado', 'Calle Iturbide',
  'Calle Nezahualcóyotl', 'Calle Cuauhtémoc', 'Calle Tlaloc', 'Calle Xóchitl', 'Calle Quetzal', 'Calle Encino', 'Calle Ahuehuete', 'Calle Jacaranda', 'Calle Colorín',
  'Calle Níspero', 'Calle Ceiba', 'Calle Pirul', 'Calle Fresno', 'Calle Olmo',
];

const streets = [];
const blocks = [];
const parcels = [];
const buildings = [];
const addresses = [];
const zoning = [];
const trees = [];
const parks = [];
let nextId = 1;
const streetNames = { v: [], h: [] };
for (let c = 0; c <= COLS; c++) streetNames.v.push(c % 6 === 0 ? AVENUES[(c / 6) % 4] : STREETS[c % STREETS.length]);
for (let r = 0; r <= ROWS; r++) streetNames.h.push(r % 7 === 0 ? AVENUES[(r / 7 + 1) % 4] : STREETS[(r + 17) % STREETS.length]);
const classOf = (i, big) => (i % big === 0 ? 'primaria' : i % 3 === 0 ? 'secundaria' : 'local');
for (let c = 0; c <= COLS; c++) {
  const points = [];
  for (let r = 0; r <= ROWS * 2; r++) points.push([xOf(c) - STREET / 2, bottom + (r * STEP[1]) / 2]);
  streets.push(feature(nextId++, line(points), { nombre: streetNames.v[c], tipo: classOf(c, 6), sentido: 'doble' }));
}
for (let r = 0; r <= ROWS; r++) {
  streets.push(feature(nextId++, line([[left - 40, yOf(r) - STREET / 2], [xOf(COLS), yOf(r) - STREET / 2]]), { nombre: streetNames.h[r], tipo: classOf(r, 7), sentido: 'doble' }));
}
streets.push(feature(nextId++, line(Array.from({ length: 30 }, (_, i) => [riverX(bottom + i * 64) - 30, bottom + i * 64])), { nombre: 'Paseo de la Ribera', tipo: 'peatonal' }));

const PARKS = new Map([['3,4', 'Jardín Hidalgo'], ['3,5', 'Jardín Hidalgo'], ['8,9', 'Parque de las Jacarandas'], ['14,3', 'Deportivo Oriente'], ['15,3', 'Deportivo Oriente'], ['15,10', 'Plaza Tequio']]);
for (let c = 0; c < COLS; c++) {
  for (let r = 0; r < ROWS; r++) {
    const [x0, y0] = [xOf(c), yOf(r)];
    const [x1, y1] = [x0 + BLOCK[0], y0 + BLOCK[1]];
    const mid = (y0 + y1) / 2;
    if (Math.abs(riverX(mid) - (x0 + x1) / 2) < BLOCK[0] * 0.7) continue;
    const distanceFromCentre = Math.hypot(c - 6, r - 7);
    if (distanceFromCentre > 10.5 && rnd() < 0.55) continue;
    const key = `${String(c).padStart(3, '0')}-${String(r).padStart(3, '0')}`;
    blocks.push(feature(nextId++, box(x0, y0, x1, y1), { cvegeo: `0900${key}`, tipo_mza: 'urbana' }));
    const park = PARKS.get(`${c},${r}`);
    if (park) {
      parks.push(feature(nextId++, box(x0, y0, x1, y1), { nombre: park, categoria: 'parque', superficie: BLOCK[0] * BLOCK[1] }));
      for (let i = 0; i < 60; i++) trees.push(feature(nextId++, point([x0 + rnd() * BLOCK[0], y0 + rnd() * BLOCK[1]]), { especie: pick(['Jacaranda', 'Fresno', 'Ahuehuete', 'Colorín']), altura_m: +(4 + rnd() * 14).toFixed(1) }));
      continue;
    }
    const use = distanceFromCentre < 2.6 ? 'HC' : distanceFromCentre < 5 ? 'HM' : pick(['H', 'H', 'H', 'HM', 'E']);
    zoning.push(feature(nextId++, box(x0, y0, x1, y1), { uso: use, niveles: use === 'HC' ? 5 : use === 'HM' ? 4 : 2, area_libre_pct: use === 'H' ? 30 : 20 }));
    const per = 6;
    for (let side = 0; side < 2; side++) {
      for (let i = 0; i < per; i++) {
        const depth = BLOCK[0] / 2;
        const px0 = x0 + side * depth;
        const py0 = y0 + (i * BLOCK[1]) / per;
        const py1 = y0 + ((i + 1) * BLOCK[1]) / per;
        const parcelKey = `${key}-${String(side * per + i + 1).padStart(2, '0')}`;
        const number = 2 * (r * per + i) + side + 1;
        parcels.push(feature(nextId++, box(px0, py0, px0 + depth, py1), { cuenta_catastral: parcelKey, superficie_m2: +(depth * (py1 - py0)).toFixed(1), uso: use === 'HC' ? 'comercial' : 'habitacional' }));
        addresses.push(feature(nextId++, point([side ? px0 + depth - 5 : px0 + 5, (py0 + py1) / 2]), { num_ext: String(number), via: side ? streetNames.v[c + 1] : streetNames.v[c], cp: '62520' }));
        if (rnd() < 0.9) {
          const inset = 2 + rnd() * 3;
          const long = 16 + rnd() * (depth - 24);
          buildings.push(feature(nextId++, side ? box(px0 + depth - inset - long, py0 + 1.2, px0 + depth - inset, py1 - 1.2) : box(px0 + inset, py0 + 1.2, px0 + inset + long, py1 - 1.2), { niveles: 1 + Math.floor(rnd() * 4), uso: 'vivienda' }));
        }
      }
    }
    for (let i = 0; i < 5; i++) trees.push(feature(nextId++, point([x0 - 3, y0 + (i + 0.5) * (BLOCK[1] / 5)]), { especie: pick(['Jacaranda', 'Fresno', 'Trueno', 'Colorín']), altura_m: +(3 + rnd() * 9).toFixed(1) }));
  }
}

const river = [];
for (let i = 0; i <= 60; i++) river.push([riverX(bottom - 200 + i * 40), bottom - 200 + i * 40]);
const riverArea = polygon([...river.map(([x, y]) => [x - 16, y]), ...river.map(([x, y]) => [x + 16, y]).reverse()]);

const COLONIAS = ['Centro', 'San Miguel', 'La Ribera', 'Santa Cruz', 'El Mirador', 'Las Jacarandas'];
const colonias = COLONIAS.map((colonia, i) => {
  const [c, r] = [i % 3, Math.floor(i / 3)];
  return feature(nextId++, box(left - 60 + c * 650, bottom - 60 + r * 970, left - 60 + (c + 1) * 650, bottom - 60 + (r + 1) * 970), { cve_col: `C${i + 1}`, colonia, tipo: i === 4 ? 'pueblo' : 'colonia', alc: 'Villa Tequio' });
});
const limit = feature(nextId++, box(left - 400, bottom - 400, xOf(COLS) + 400, yOf(ROWS) + 400), { nomgeo: 'Villa Tequio', cve_mun: '001' });
const reserve = feature(nextId++, polygon([[left - 390, bottom - 380], [left - 80, bottom - 380], [left - 90, bottom + 500], [left - 60, yOf(ROWS) + 300], [left - 390, yOf(ROWS) + 380]]), { nombre: 'Barranca de los Sauces', categoria: 'área de valor ambiental', superficie: 640000 });

const flood = [
  ['muy alto', 40], ['alto', 90], ['medio', 170], ['bajo', 270],
].map(([intensidad, w]) => feature(nextId++, polygon([...river.map(([x, y]) => [x - w * 0.8, y]), ...river.map(([x, y]) => [x + w, y]).reverse()]), { intensidad, period_ret: { 'muy alto': 5, alto: 10, medio: 50, bajo: 100 }[intensidad] }));
flood.reverse();
const quake = ['I', 'II', 'III'].map((zona, i) => feature(nextId++, box(left - 390 + i * 900, bottom - 390, left - 390 + (i + 1) * 900, yOf(ROWS) + 390), { zona, coef_sismico: [0.16, 0.32, 0.4][i] }));

const at = (c, r, dx = 46, dy = 60) => [xOf(c) + dx, yOf(r) + dy];
const places = (list, extra = () => ({})) => list.map(([nombre, c, r], i) => feature(nextId++, point(at(c, r)), { nombre, ...extra(i) }));
const health = places([['Centro de Salud Villa Tequio', 5, 6], ['Clínica La Ribera', 10, 10], ['Hospital General del Oriente', 15, 5]], (i) => ({ tipo: ['Centro de salud', 'Clínica', 'Hospital general'][i], camas: i === 2 ? 120 : null }));
const schools = places([['Primaria Benito Juárez', 4, 7], ['Secundaria Técnica 12', 8, 4], ['Jardín de niños Xóchitl', 2, 9], ['Preparatoria Municipal', 13, 9], ['Primaria Sor Juana', 6, 11], ['Primaria Emiliano Zapata', 15, 8]], (i) => ({ nivel: ['primaria', 'secundaria', 'preescolar', 'media superior', 'primaria', 'primaria'][i], matricula: 180 + i * 57 }));
const markets = places([['Mercado Hidalgo', 4, 5], ['Mercado La Merced Chica', 9, 7], ['Tianguis Santa Cruz', 3, 11]], (i) => ({ tipo: i === 2 ? 'tianguis' : 'mercado', locales: [148, 62, 40][i] }));
const shelters = places([['Refugio Deportivo Oriente', 14, 4], ['Refugio Secundaria 12', 7, 5]], (i) => ({ capacidad: [300, 120][i] }));
const stops = places([['Centro', 6, 7], ['Constitución', 6, 3], ['Río', 12, 7], ['Trabajo', 6, 11], ['Mirador', 16, 7]], () => ({ sistema: 'Corredor 1' }));
const reports = Array.from({ length: 240 }, () => feature(nextId++, point([left + rnd() * COLS * STEP[0], bottom + rnd() * ROWS * STEP[1]]), { tema_solicitud: pick(['Bache', 'Luminaria', 'Poda', 'Basura', 'Coladera']), estatus: pick(['abierto', 'en proceso', 'cerrado']), fecha_solicitud: '2026-05-1' + Math.floor(rnd() * 9) }));
const heritage = places([['Parroquia de San Miguel', 5, 7], ['Casa de la Cultura', 7, 7], ['Antiguo Molino', 10, 8]], () => ({ nivel: 'A' }));
const survey = Array.from({ length: 12 }, (_, i) => feature(nextId++, box(left + (i % 4) * 450, bottom + Math.floor(i / 4) * 600, left + (i % 4) * 450 + 300, bottom + Math.floor(i / 4) * 600 + 400), { grupo: ['norte', 'sur', 'centro'][i % 3], valor: i * 3 }));

const eastHalf = box(left + 8 * STEP[0], bottom - 390, xOf(COLS) + 380, yOf(ROWS) + 380);
const whole = limit.geometry;

const text = (name, label) => ({ name, type: 'text', label, unit: null });
const number = (name, label, unit = null) => ({ name, type: 'decimal', label, unit });
/** Layers as the catalogue of a city lists them. */
export const LAYERS = [
  layer('limite', 'adm.alcaldia', 'reference', 'Instituto de Planeación', ['Límite municipal', 'Limite municipal', 'Municipal boundary'], 'MULTIPOLYGON', [limit], [text('nomgeo', 'Nombre')], { coverage: whole }),
  layer('colonias', 'adm.colonia', 'reference', 'Instituto de Planeación', ['Colonias y barrios', 'Bairros', 'Neighbourhoods'], 'MULTIPOLYGON', colonias, [text('cve_col', 'Clave'), text('colonia', 'Colonia'), text('tipo', 'Tipo')], { coverage: whole }),
  layer('manzanas', 'ref.manzana', 'reference', 'Catastro', ['Manzanas', 'Quadras', 'City blocks'], 'MULTIPOLYGON', blocks, [text('cvegeo', 'Clave geoestadística'), text('tipo_mza', 'Tipo')], { coverage: whole }),
  layer('vialidad', 'ref.vialidad', 'mobility', 'Movilidad', ['Calles', 'Ruas', 'Streets'], 'LINESTRING', streets, [text('nombre', 'Nombre'), text('tipo', 'Tipo'), text('sentido', 'Sentido')], { coverage: whole }),
  layer('domicilios', 'ref.domicilio', 'reference', 'Desarrollo Urbano', ['Números oficiales', 'Números oficiais', 'House numbers'], 'POINT', addresses, [text('num_ext', 'Número'), text('via', 'Calle'), text('cp', 'Código postal')], { coverage: whole, minZoom: 16 }),
  layer('predios', 'cat.predio', 'cadastre', 'Catastro', ['Predios', 'Lotes', 'Parcels'], 'MULTIPOLYGON', parcels, [text('cuenta_catastral', 'Cuenta catastral'), number('superficie_m2', 'Superficie', 'm²'), text('uso', 'Uso')], { coverage: whole, minZoom: 14, key: 'cuenta_catastral', findings: { errors: 1, warnings: 2, notes: 3 } }),
  layer('construcciones', 'cat.construccion', 'cadastre', 'Catastro', ['Construcciones', 'Edificações', 'Buildings'], 'MULTIPOLYGON', buildings, [number('niveles', 'Niveles'), text('uso', 'Uso')], { minZoom: 14 }),
  layer('rio', 'agua.rio', 'hydrography', 'Agua', ['Ríos y arroyos', 'Rios e córregos', 'Rivers and streams'], 'GEOMETRY', [feature(nextId++, riverArea, { nombre: 'Río de los Sauces', tipo: 'perenne' }), feature(nextId++, line(river), { nombre: 'Río de los Sauces', tipo: 'perenne' })], [text('nombre', 'Nombre'), text('tipo', 'Tipo')], { coverage: whole }),
  layer('areas_verdes', 'amb.area_verde', 'environment', 'Medio Ambiente', ['Áreas verdes', 'Áreas verdes', 'Green areas'], 'MULTIPOLYGON', parks, [text('nombre', 'Nombre'), text('categoria', 'Categoría'), number('superficie', 'Superficie', 'm²')], { coverage: whole }),
  layer('anp', 'amb.anp', 'environment', 'Medio Ambiente', ['Áreas de valor ambiental', 'Áreas de proteção ambiental', 'Protected areas'], 'MULTIPOLYGON', [reserve], [text('nombre', 'Nombre'), text('categoria', 'Categoría')], { coverage: whole }),
  layer('arbolado', 'amb.arbol', 'environment', 'Medio Ambiente', ['Arbolado urbano', 'Árvores urbanas', 'Street trees'], 'POINT', trees, [text('especie', 'Especie'), number('altura_m', 'Altura', 'm')], { minZoom: 12 }),
  layer('salud', 'eq.salud', 'facilities', 'Salud', ['Centros de salud', 'Unidades de saúde', 'Health centres'], 'POINT', health, [text('nombre', 'Nombre'), text('tipo', 'Tipo'), number('camas', 'Camas')], { coverage: whole }),
  layer('escuelas', 'eq.educ', 'facilities', 'Educación', ['Escuelas', 'Escolas', 'Schools'], 'POINT', schools, [text('nombre', 'Nombre'), text('nivel', 'Nivel'), number('matricula', 'Matrícula')], { coverage: whole }),
  layer('mercados', 'eq.mercado', 'facilities', 'Desarrollo Económico', ['Mercados públicos', 'Mercados públicos', 'Public markets'], 'POINT', markets, [text('nombre', 'Nombre'), text('tipo', 'Tipo'), number('locales', 'Locales')], { coverage: whole }),
  layer('refugios', 'risk.refugio', 'risk', 'Protección Civil', ['Refugios temporales', 'Abrigos temporários', 'Temporary shelters'], 'POINT', shelters, [text('nombre', 'Nombre'), number('capacidad', 'Capacidad', 'personas')], { coverage: whole }),
  layer('inundacion', 'risk.inundacion', 'risk', 'Protección Civil', ['Peligro de inundación', 'Perigo de inundação', 'Flood hazard'], 'MULTIPOLYGON', flood, [text('intensidad', 'Intensidad'), number('period_ret', 'Periodo de retorno', 'años')], { coverage: eastHalf, date: '2024-08-30' }),
  layer('zona_sismica', 'risk.zona_sismica', 'risk', 'Protección Civil', ['Zonas sísmicas', 'Zonas sísmicas', 'Seismic zones'], 'MULTIPOLYGON', quake, [text('zona', 'Zona'), number('coef_sismico', 'Coeficiente sísmico')], { coverage: whole, date: '2023-01-15' }),
  layer('zonificacion', 'plan.zonif', 'planning', 'Desarrollo Urbano', ['Uso de suelo permitido', 'Zoneamento', 'Land-use zoning'], 'MULTIPOLYGON', zoning, [text('uso', 'Uso'), number('niveles', 'Niveles permitidos'), number('area_libre_pct', 'Área libre', '%')], { coverage: whole, findings: { errors: 0, warnings: 1, notes: 0 } }),
  layer('paradas', 'mov.tp', 'mobility', 'Movilidad', ['Estaciones de transporte', 'Estações de transporte', 'Transit stops'], 'POINT', stops, [text('nombre', 'Nombre'), text('sistema', 'Sistema')], { coverage: whole }),
  layer('reportes', 'pub.bache', 'public_space', 'Servicios Urbanos', ['Reportes ciudadanos', 'Solicitações de serviço', 'Service reports'], 'POINT', reports, [text('tema_solicitud', 'Tema'), text('estatus', 'Estatus'), text('fecha_solicitud', 'Fecha')], {}),
  layer('patrimonio', 'her.inmueble', 'heritage', 'Patrimonio', ['Inmuebles catalogados', 'Imóveis tombados', 'Listed buildings'], 'POINT', heritage, [text('nombre', 'Nombre'), text('nivel', 'Nivel')], { coverage: whole }),
  layer('encuesta_2025', null, 'other', null, ['encuesta_2025_final_v2', 'encuesta_2025_final_v2', 'encuesta_2025_final_v2'], 'POLYGON', survey, [text('grupo', 'grupo'), number('valor', 'valor')], { licence: null, date: null, findings: { errors: 0, warnings: 4, notes: 1 } }),
  layer('padron_mercados', null, 'economy', 'Desarrollo Económico', ['Padrón de locatarios', 'Cadastro de feirantes', 'Stallholder register'], 'NONE', Array.from({ length: 31 }, (_, i) => feature(nextId++, null, { giro: pick(['frutas', 'carnes', 'comida']), local: i + 1 })), [text('giro', 'Giro'), number('local', 'Local')], {}),
];

function layer(id, standard, theme, department, [es, pt, en], geometry, features, fields, options) {
  return { id, standard, theme, department, titles: { es, pt, en }, geometry, features, fields, minZoom: 0, maxZoom: 18, coverage: null, key: null, date: '2026-03-02', licence: 'CC BY 4.0', findings: { errors: 0, warnings: 0, notes: 1 }, ...options };
}

export const CITY_NAME = 'Villa Tequio';
export const BBOX = (() => {
  const ring = limit.geometry.coordinates[0];
  const lons = ring.map((p) => p[0]);
  const lats = ring.map((p) => p[1]);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
})();
