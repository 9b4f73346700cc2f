// What a steward says of a layer, kept with a version so that two people cannot overwrite each other.
import { LAYERS } from './city.mjs';
import { notThere, problem } from './desk.mjs';

const said = (layer) => ({
  title: { ...layer.titles }, description: {}, theme: layer.theme, department: layer.department, licence: layer.licence, rhythm: layer.id === 'predios' ? 'P1M' : null,
  contact: { office: layer.id === 'predios' ? 'Ventanilla de Catastro' : null, email: null, phone: null, url: null }, keywords: layer.id === 'predios' ? ['catastro', 'predial'] : [], standard: layer.standard, access: 'public',
  fields: layer.id === 'predios' ? [{ name: 'propietario', label: { es: 'Propietario', pt: 'Proprietário', en: 'Owner' }, unit: null, dataClass: 'personal', standard: null }] : [],
  rules: { auto: false, maxRemovedShare: 0.05, maxChangedShare: 0.2, noErrors: true }, style: null, complete: null,
});

export function layers({ method, path, body, headers, state }) {
  if (path === '/api/standards') return { status: 200, body: { items: [{ id: 'cat.predio', title: 'Predios' }, { id: 'ref.manzana', title: 'Manzanas' }, { id: 'adm.colonia', title: 'Colonias' }] } };
  const match = /^\/api\/layers\/([^/]+)\/(settings|mapping)$/.exec(path);
  if (!match) return null;
  const layer = LAYERS.find((one) => one.id === match[1]);
  if (!layer) return notThere(match[1]);
  const kept = (state.settings ??= new Map());
  if (!kept.has(layer.id)) kept.set(layer.id, { version: 1, value: said(layer) });
  const one = kept.get(layer.id);
  if (match[2] === 'mapping') {
    if (method === 'PUT') return { status: 200, body };
    const proposals = { cuenta_catastral: ['key', 0.98, 'El nombre y la forma de los valores son los de una clave catastral.'], superficie_m2: ['area', 0.91, 'Son números en m² que se parecen a la superficie de cada forma.'], uso: ['land_use', 0.64, 'El nombre se parece; 3 de 7 valores están en la lista de usos.'] };
    return { status: 200, body: { standard: layer.standard ? { id: layer.standard, title: layer.titles.es } : null, candidates: [{ id: 'cat.predio', title: 'Predio', score: 0.94 }, { id: 'ref.manzana', title: 'Manzana', score: 0.31 }], items: [...layer.fields, ...(layer.id === 'predios' ? [{ name: 'propietario' }] : [])].map((field) => ({ field: field.name, attribute: proposals[field.name]?.[0] ?? null, score: proposals[field.name]?.[1] ?? 0, reason: proposals[field.name]?.[2] ?? null, confirmed: one.value.fields.some((each) => each.name === field.name && each.standard !== null) })), unmapped: [{ attribute: 'built_area', label: 'Superficie construida' }] } };
  }
  if (state.scenario === 'desk-conflict' && method === 'PUT') {
    state.scenario = 'full';
    one.version++;
    one.value = { ...one.value, licence: 'CC0-1.0', keywords: [...one.value.keywords, 'abierto'] };
  }
  const tag = `"${one.version}"`;
  if (method === 'PUT') {
    if (headers['if-match'] !== tag) return problem(412, 'Alguien más cambió esta capa', 'Alicia Ruiz guardó otra versión hace un momento. Nada de lo escrito se perdió.');
    if (body.rules.maxRemovedShare > 1) return problem(400, 'No es una parte', "'rules.maxRemovedShare': se esperaba de 0 a 1.");
    one.value = body;
    one.version++;
  }
  return { status: 200, body: one.value, headers: { etag: `"${one.version}"` } };
}
