// Decisions that change the map: a parcel is divided, and of several trees the officer says which one was felled.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { settled } from '../chromium.mjs';
import { accessible } from '../journeys.mjs';
import { call, confirmed } from './people.mjs';

const SHOTS = fileURLToPath(new URL('../../test-results/screenshots/cases/', import.meta.url));
const shot = (page, name) => page.screenshot({ path: `${SHOTS}${name}.png` });

/** A parcel of four corners that may be divided by the rules, and its halves. */
async function parcelInHalves(home, place) {
  const { layers } = await (await fetch(`${home}/api/layers?lang=es`)).json();
  const layer = layers.find((one) => one.standard === 'cat.predio').id;
  const { features } = await (await fetch(`${home}/ogc/collections/${layer}/items?f=json&limit=2000`)).json();
  const simple = features.filter((one) => one.geometry.type === 'Polygon' && one.geometry.coordinates.length === 1 && one.geometry.coordinates[0].length === 5);
  for (const whole of simple.filter((_, i) => i % 37 === 0)) {
    const asked = await fetch(`${home}/api/procedures/pr.subdiv/answer`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ inputs: { [place]: whole.geometry } }) });
    if ((await asked.json()).outcome !== 'possible') continue;
    const [a, b, c, d] = whole.geometry.coordinates[0];
    const middle = (one, other) => [0, 1].map((axis) => (one[axis] + other[axis]) / 2);
    const half = (...corners) => ({ type: 'Polygon', coordinates: [[...corners, corners[0]]] });
    return { layer, whole, halves: [half(a, middle(a, b), middle(c, d), d), half(middle(a, b), b, c, middle(c, d))] };
  }
  throw new Error('no parcel of the city may be divided');
}

/** A subdivision: filed, decided with the surveyor's file, and on the map in the revision that names its folio. */
export async function aSubdivision(alicia, bruno, home) {
  const { files } = (await call(alicia, 'GET', '/api/packs/mx')).body;
  const { tag } = (await call(alicia, 'GET', '/api/packs/villa')).body;
  const licence = files['procedures/pr.subdiv.yaml'].replace('fee: {unstated: true', 'fee: {free: true');
  assert.equal((await call(alicia, 'PUT', '/api/packs/villa', { tag, files: { 'procedures/pr.subdiv.yaml': licence } })).status, 200);
  const { inputs } = (await call(bruno, 'GET', '/api/procedures/pr.subdiv?lang=es')).body;
  const place = inputs.find((one) => one.type.type === 'place' || one.type === 'place').id;
  const { layer, whole, halves } = await parcelInHalves(home, place);
  const key = `S-${whole.id}`;
  const id = 'una-subdivision-de-bruno';
  const draft = (await call(bruno, 'PUT', `/api/cases/${id}`, { procedure: 'pr.subdiv', version: 0, inputs: { [place]: whole.geometry } })).body;
  const filed = await call(bruno, 'POST', `/api/cases/${id}/file`, { version: draft.version });
  assert.equal(filed.status, 200, JSON.stringify(filed.body));

  await alicia.goto(`${home}/staff/cases/${id}`);
  await alicia.getByRole('heading', { name: 'Historia' }).waitFor();
  await alicia.keyboard.press('t');
  await confirmed(alicia);
  await alicia.keyboard.press('d');
  await alicia.getByLabel('Conceder').check();
  await alicia.locator('dialog[open] textarea').fill('El plano cumple con el lote mínimo.');
  await alicia.locator('dialog[open] footer .action:not(.quiet)').click();
  await alicia.getByText('Falta decir cómo quedan los predios').waitFor();
  await alicia.getByLabel('Se parten en los predios').check();
  const survey = (...parts) => Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: parts }));
  const part = (geometry, properties) => ({ type: 'Feature', geometry, properties });
  const picker = alicia.locator('dialog[open] input[type=file]');
  await picker.setInputFiles({ name: 'plano.geojson', mimeType: 'application/geo+json', buffer: survey(part(halves[0], {})) });
  await alicia.getByText('A algún predio le falta').waitFor();
  await accessible(alicia, 'a survey without keys');
  // what does not add up is refused by the server, and what was written stays
  await picker.setInputFiles({ name: 'plano.geojson', mimeType: 'application/geo+json', buffer: survey(part(halves[0], { cuenta_catastral: `${key}-A` }), part(halves[0], { cuenta_catastral: `${key}-B` })) });
  await alicia.getByText('2 predios nuevos').waitFor();
  await alicia.locator('dialog[open] footer .action:not(.quiet)').click();
  await alicia.locator('.toast.stop').waitFor();
  await picker.setInputFiles({ name: 'plano.geojson', mimeType: 'application/geo+json', buffer: survey(part(halves[0], { cuenta_catastral: `${key}-A` }), part(halves[1], { cuenta_catastral: `${key}-B` })) });
  await alicia.getByText('2 predios nuevos').waitFor();
  await accessible(alicia, 'a subdivision and its parcels');
  await shot(alicia, '30-subdivision');
  await confirmed(alicia);
  await alicia.getByText('Concedido').first().waitFor();
  await shot(alicia, '31-divided');

  const [west, south] = whole.geometry.coordinates[0][0];
  const box = [west - 0.0005, south - 0.0005, west + 0.0005, south + 0.0005].join(',');
  const after = await (await fetch(`${home}/ogc/collections/${layer}/items?f=json&limit=500&bbox=${box}`)).json();
  const said = after.features.flatMap((one) => Object.values(one.properties));
  assert.ok(said.includes(`${key}-A`) && said.includes(`${key}-B`), 'the halves are on the map');
  assert.equal((await fetch(`${home}/ogc/collections/${layer}/items/${whole.id}?f=json`)).status, 404, 'the old parcel is history');
  await bruno.goto(`${home}/cases/${id}`);
  await bruno.getByText('El plano cumple').first().waitFor();
  await accessible(bruno, 'a subdivision that was granted');
  await shot(bruno, '32-granted');

  // the paper of it is verified by everybody, and one that was altered is told
  const { items } = (await call(bruno, 'GET', `/api/cases/${id}/papers?lang=es`)).body;
  const licenceOf = items.find((one) => one.kind === 'grant');
  const pdf = await bruno.evaluate(async (code) => [...new Uint8Array(await (await fetch(`/api/results/${code}/pdf`)).arrayBuffer())], licenceOf.code);
  assert.equal(Buffer.from(pdf.slice(0, 5)).toString(), '%PDF-');
  await bruno.goto(`${home}/verify/${licenceOf.code}`);
  await bruno.getByText(licenceOf.folio).first().waitFor();
  await accessible(bruno, 'a paper is verified');
  await shot(bruno, '33-verified');
}

/** Two trees of the inventory a few metres apart, and the place between them. */
async function treesSideBySide(home) {
  const { layers } = await (await fetch(`${home}/api/layers?lang=es`)).json();
  const layer = layers.find((one) => one.standard === 'amb.arbol').id;
  const { features } = await (await fetch(`${home}/ogc/collections/${layer}/items?f=json&limit=2000`)).json();
  const meters = ([ax, ay], [bx, by]) => Math.hypot((ax - bx) * 105_000, (ay - by) * 111_000);
  const trees = features.map((one) => ({ id: one.id, at: one.geometry.coordinates.slice(0, 2) }));
  for (const one of trees) {
    const other = trees.find((each) => each !== one && meters(one.at, each.at) > 3 && meters(one.at, each.at) < 8);
    // whoever stands on a tree has said which; between the two nobody has
    if (other) return { layer, trees: [one, other], at: [0, 1].map((axis) => (one.at[axis] + other.at[axis]) / 2) };
  }
  throw new Error('no two trees of the city stand side by side');
}

/** A tree is reported; the officer sees on the map which ones stand there, says which one was felled, and the others stay. */
export async function aTree(alicia, bruno, home) {
  const { layer, trees, at } = await treesSideBySide(home);
  const { inputs } = (await call(bruno, 'GET', '/api/procedures/am.poda_vp?lang=es')).body;
  const words = inputs.find((one) => one.type === 'text');
  const id = `un-arbol-${Date.now().toString(36)}`;
  const said = { place: { type: 'Point', coordinates: at }, ...(words ? { [words.id]: 'Se inclina sobre la banqueta.' } : {}) };
  const draft = await call(bruno, 'PUT', `/api/cases/${id}`, { procedure: 'am.poda_vp', version: 0, inputs: said });
  assert.equal(draft.status, 200, JSON.stringify(draft.body));
  const filed = await call(bruno, 'POST', `/api/cases/${id}/file`, { version: draft.body.version });
  assert.equal(filed.status, 200, JSON.stringify(filed.body));

  await alicia.goto(`${home}/staff/cases/${id}`);
  await alicia.getByRole('heading', { name: 'Historia' }).waitFor();
  await alicia.keyboard.press('t');
  await confirmed(alicia);
  await alicia.keyboard.press('d');
  await alicia.getByLabel('Quedó hecho').check();
  await alicia.locator('dialog[open] textarea').fill('Se derribó: la raíz estaba podrida.');
  const grant = alicia.locator('dialog[open] footer .action:not(.quiet)');
  await grant.click();
  await alicia.getByText('Diga qué se hizo').waitFor();
  await alicia.getByLabel('Se derribó o ya no está').check();
  await grant.click();
  await alicia.getByText('Diga cuál de ellos es').waitFor();
  await settled(alicia);
  await accessible(alicia, 'which of several trees');
  await shot(alicia, '40-which-tree');
  const choices = alicia.locator('dialog[open] input[name$="-which"]');
  assert.ok((await choices.count()) >= trees.length, 'every tree that stands there can be chosen');
  await choices.first().check();
  const key = await choices.first().getAttribute('value');
  await shot(alicia, '41-this-tree');
  await confirmed(alicia);
  await bruno.goto(`${home}/cases/${id}`);
  await bruno.getByRole('button', { name: 'Sí, quedó hecho' }).click();
  await bruno.locator('.mark').filter({ hasText: /^Hecho$/ }).waitFor();
  const there = await Promise.all(trees.map(async (one) => (await fetch(`${home}/ogc/collections/${layer}/items/${one.id}?f=json`)).status));
  assert.equal(there.filter((status) => status === 404).length, 1, `only ${key} is gone: ${there}`);
}
