// iD at a task, over a running city: what Bruno draws is on the map or in his draft, whatever happens in between, and nobody but the city is asked for anything.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { settled } from '../chromium.mjs';
import { accessible } from '../journeys.mjs';
import { call, confirmed, enter, invited, signIn } from './people.mjs';

const SHOTS = fileURLToPath(new URL('../../test-results/screenshots/editor/', import.meta.url));
const BRUNO = { name: 'Bruno Salas', email: 'bruno@mapaton.example', phrase: 'un puente nuevo sobre la barranca' };
const COMMENT = 'Edificios del barrio #mapatón #tequio';
const shot = (page, name) => page.screenshot({ path: `${SHOTS}${name}.png` });
/** iD's own page is not ours to mend. */
const ID = ['[data-testid=editor]'];

/** Two neighbouring tasks of 200 m around the middle of the city, open to everybody. */
async function aProject(alicia, home) {
  const { bbox } = await (await fetch(`${home}/api/city?lang=es`)).json();
  const [lon, lat] = [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2];
  const square = (west, south) => ({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[[west, south], [west + 0.002, south], [west + 0.002, south + 0.002], [west, south + 0.002], [west, south]]] } });
  const areaOfInterest = { type: 'FeatureCollection', features: [square(lon, lat), square(lon + 0.002, lat)] };
  const made = await call(alicia, 'POST', '/api/v2/projects/', { projectName: 'Barrio de la barranca', organisation: 'alcaldia', areaOfInterest, arbitraryTasks: true, defaultLocale: 'es' });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const project = made.body.projectId;
  const texts = { locale: 'es', name: 'Barrio de la barranca', shortDescription: 'Casas', description: 'Casas del barrio', instructions: 'Dibujar cada casa.\nNada de sombras.', perTaskInstructions: '' };
  const patched = await call(alicia, 'PATCH', `/api/v2/projects/${project}/`, { status: 'PUBLISHED', changesetComment: COMMENT, projectInfoLocales: [texts] });
  assert.equal(patched.status, 200, JSON.stringify(patched.body));
  return { project, texts, middle: [lon + 0.001, lat + 0.001] };
}

/** The OSM API, in the name of whoever sits at a page. */
export async function osm(page, home, method, path, body) {
  const { token } = (await call(page, 'POST', '/api/session/editor-token')).body;
  const response = await fetch(`${home}${path}`, { method, headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...(body ? { 'content-type': 'application/xml' } : {}) }, ...(body ? { body } : {}) });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return text.startsWith('{') ? JSON.parse(text) : text;
}

const ready = (page) => page.locator('.ideditor button.add-area:not(.disabled)').waitFor();
const drafts = async (page) => (await call(page, 'GET', '/api/map/drafts')).body.items;
const kept = (page) => page.locator('[data-testid=draft-state][data-state=saved]').waitFor();

/** Four corners on the square in the task, with the city's own preset. */
async function drawHut(page) {
  await page.locator('.ideditor button.add-area').click();
  for (const [x, y] of [[790, 390], [860, 390], [860, 450], [790, 450], [790, 450]]) {
    await page.mouse.click(x, y, { delay: 20 });
    await page.waitForTimeout(300); // two quick ones would zoom
  }
  await page.locator('.ideditor .preset-search-input').fill('precaria');
  await page.locator('.ideditor .preset-list-item').filter({ hasText: 'Vivienda precaria' }).first().waitFor();
  await page.keyboard.press('Enter');
  await kept(page);
}

/** Uploads from iD; the comment is there already. */
async function upload(page) {
  await page.keyboard.press('Escape');
  await page.locator('.ideditor button.save').click();
  await page.waitForFunction((comment) => document.querySelector('.ideditor .form-field-comment textarea')?.value === comment, COMMENT);
  await page.locator('.ideditor .save-button.action').click();
}
const noDrafts = (page) => until(async () => (await drafts(page)).length === 0, 'the draft is gone');
const uploaded = (page) => page.getByText('El borrador ya no hace falta').waitFor();

/** A draft of Bruno's from another device, in osmChange's words. */
async function draftOf(bruno, id, osc) {
  const status = await bruno.evaluate(async ([id, osc]) => {
    const { csrf } = await (await fetch('/api/session')).json();
    return (await fetch(`/api/map/drafts/${id}`, { method: 'PUT', headers: { 'content-type': 'application/xml', 'tequio-csrf': csrf }, body: osc })).status;
  }, [id, `<osmChange version="0.6">${osc}</osmChange>`]);
  assert.equal(status, 200);
}
const way = (one, version, tags, more = '') => `<way id="${one.id}" version="${version}"${more}>${one.nodes.map((node) => `<nd ref="${node}"/>`).join('')}${Object.entries({ building: 'hut', ...tags }).map(([k, v]) => `<tag k="${k}" v="${v}"/>`).join('')}</way>`;
/** The house with more floors than its version had. */
const raised = (hut, version, levels) => `<modify>${way(hut, version, { residential: 'informal', 'building:levels': levels })}</modify>`;

/**
 * @param admin who administers the city
 * @param city its folder, where letters lie
 * @param isWhole also what takes longer: every answer to a conflict, news of the task, checks, a phone
 */
export async function aTaskInTheEditor(browser, home, admin, city, isWhole) {
  mkdirSync(SHOTS, { recursive: true });
  const alicia = await browser.newPage({ width: 1440, height: 900 });
  await signIn(alicia, home, admin.email, admin.phrase, '/account');
  await invited(alicia, home, city, BRUNO);
  const { project, texts, middle } = await aProject(alicia, home);
  const address = `${home}/edit?task=${project}/1`;
  const task = () => call(alicia, 'GET', `/api/v2/projects/${project}/tasks/1/`).then((one) => one.body);

  // the address of a task leads to it, over the door
  let bruno = await browser.newPage({ width: 1440, height: 900 });
  const context = bruno.context();
  const outside = [];
  for (const one of [context, alicia.context()]) one.on('request', (request) => !request.url().startsWith(home) && !/^(data|blob):/.test(request.url()) && outside.push(request.url()));
  await bruno.goto(address);
  await bruno.waitForURL((url) => url.pathname === '/sign-in');
  await enter(bruno, BRUNO.email, BRUNO.phrase);
  await ready(bruno);
  await bruno.getByText('Nada de sombras.').waitFor();
  await bruno.locator('.ideditor .layer-mapdata path').first().waitFor({ state: 'attached' });
  await bruno.getByRole('button', { name: 'Tomarla' }).click();
  await bruno.locator('[data-testid=task-lock][data-state=LOCKED_FOR_MAPPING]').getByText('Es de usted hasta').waitFor();
  await accessible(bruno, 'iD at a task', ID);
  await shot(bruno, '01-task');

  // the line breaks in the middle of the upload, and the browser is closed in anger
  let isCut = true;
  await context.route(/\/changeset\/\d+\/upload/, (route) => (isCut ? route.abort('connectionreset') : route.continue()));
  await drawHut(bruno);
  await upload(bruno);
  await bruno.getByText('El envío no pasó').waitFor();
  await shot(bruno, '02-cut');
  assert.equal((await drafts(bruno)).length, 1);
  await bruno.evaluate(() => localStorage.clear());
  bruno = await again(bruno, address);
  isCut = false;
  await bruno.getByRole('button', { name: 'Continuar con él' }).waitFor();
  await accessible(bruno, 'a draft is offered', ID);
  await shot(bruno, '03-offered');
  await bruno.getByRole('button', { name: 'Continuar con él' }).click();
  await kept(bruno);
  await shot(bruno, '04-resumed');
  const before = (await task()).lockExpires;
  await upload(bruno);
  await uploaded(bruno);
  await noDrafts(bruno);
  await shot(bruno, '05-uploaded');
  // what was uploaded inside the task keeps it for longer
  await until(async () => (await task()).lockExpires > before, 'the lease is longer');

  const [west, south] = middle.map((one) => one - 0.001);
  const box = [west, south, west + 0.002, south + 0.002];
  const { elements } = await osm(bruno, home, 'GET', `/api/0.6/map.json?bbox=${box}`);
  const hut = elements.find((one) => one.type === 'way' && one.tags?.residential === 'informal');
  assert.equal(hut.nodes.length, 5, 'four corners, and back to the first');
  const { changeset } = await osm(bruno, home, 'GET', `/api/0.6/changeset/${hut.changeset}.json`);
  assert.equal(changeset.tags.comment, COMMENT);
  assert.equal(changeset.tags.hashtags, '#mapatón;#tequio');
  assert.match(changeset.tags.created_by, /^iD /);

  // he counts its floors, and so does she, otherwise: the upload meets her edit, and he closes the browser again
  await draftOf(bruno, 'de-la-laptop', raised(hut, 1, '2'));
  bruno = await again(bruno, address);
  await bruno.getByRole('button', { name: 'Continuar con él' }).click();
  await kept(bruno);
  const opened = await osm(alicia, home, 'PUT', '/api/0.6/changeset/create', '<osm><changeset><tag k="comment" v="nombre"/></changeset></osm>');
  await osm(alicia, home, 'POST', `/api/0.6/changeset/${opened}/upload`, `<osmChange version="0.6"><modify>${way(hut, 1, { residential: 'informal', name: 'Casa de Rosa', 'building:levels': '1' }, ` changeset="${opened}"`)}</modify></osmChange>`);
  if (isWhole) await news(alicia, bruno, project, texts);
  await upload(bruno);
  await bruno.getByText('Alguien cambió las mismas cosas').waitFor();
  await bruno.locator('.ideditor .conflicts-help').waitFor();
  // who goes on without a choice has given nothing up: it is asked again
  const metAgain = bruno.waitForResponse((one) => one.url().endsWith('/upload') && one.status() === 409);
  await bruno.locator('.ideditor .conflicts-button').first().click();
  await metAgain;
  await bruno.getByText('Alguien cambió las mismas cosas').waitFor();
  await bruno.locator('.ideditor .conflicts-help').waitFor();
  await accessible(bruno, 'an upload met a conflict', ID);
  await shot(bruno, '07-met');
  assert.equal((await drafts(bruno)).length, 1);
  await bruno.evaluate(() => localStorage.clear());
  bruno = await decided(bruno, address, 'Decidir uno por uno', '2');
  await floors(bruno, home, hut, 3, '2');
  if (isWhole) bruno = await inOtherWays(bruno, home, address, hut);

  await bruno.getByRole('button', { name: 'Quedó mapeada' }).click();
  await bruno.locator('[data-testid=task-lock][data-state=MAPPED]').waitFor();
  await alicia.goto(address);
  await ready(alicia);
  await alicia.getByRole('button', { name: 'Revisarla' }).click();
  await alicia.locator('[data-testid=task-lock][data-state=LOCKED_FOR_VALIDATION]').waitFor();
  await alicia.getByLabel('Lo que vio').fill('Muy bien trazada.');
  await accessible(alicia, 'looking a task over', ID);
  await shot(alicia, '10-look');
  await alicia.getByRole('button', { name: 'Está bien' }).click();
  await alicia.locator('[data-testid=task-lock][data-state=VALIDATED]').waitFor();
  assert.equal((await task()).taskStatus, 'VALIDATED');

  if (isWhole) {
    await onAPhone(browser, context, home, project);
    await inOtherLanguages(browser, bruno, home, project, hut);
  }
  await inTheLayer(alicia, home, hut, box, isWhole);
  assert.deepEqual(outside, []);
  assert.deepEqual(alicia.faults, []);
}

/** What was drawn, looked over and published is a feature of the city's layer, in the words of the layer. */
async function inTheLayer(alicia, home, hut, box, isWaited) {
  const { layer } = (await call(alicia, 'GET', '/api/map/layers')).body.items.find((one) => one.id === 'buildings');
  const submissions = async () => (await call(alicia, 'GET', `/api/submissions?layer=${layer}&state=in-review`)).body.items;
  // the city proposes it by itself within a minute; who cannot wait asks
  if (!isWaited) {
    const asked = await call(alicia, 'POST', '/api/map/layers/buildings/propose', { bbox: box });
    assert.equal(asked.status, 202, JSON.stringify(asked.body));
  }
  let found;
  await until(async () => ([found] = await submissions()) && found, 'what was validated is proposed', 90);
  await alicia.goto(`${home}/staff/submissions/${found.id}`);
  await alicia.waitForSelector('tbody tr');
  await settled(alicia);
  await accessible(alicia, 'what was mapped, in review');
  await shot(alicia, '12-review');
  await alicia.getByRole('button', { name: 'Aprobar y publicar' }).first().click();
  await confirmed(alicia);
  await alicia.waitForSelector('.published');
  const drawn = (await osm(alicia, home, 'GET', `/api/0.6/way/${hut.id}/full.json`)).elements;
  const { features } = await (await fetch(`${home}/ogc/collections/${layer}/items?f=json&limit=1000&bbox=${box}`)).json();
  const edges = (points) => [0, 1].flatMap((axis) => [Math.min(...points.map((one) => one[axis])), Math.max(...points.map((one) => one[axis]))].map((one) => one.toFixed(6)));
  const wanted = edges(drawn.filter((one) => one.type === 'node').map((one) => [one.lon, one.lat]));
  const house = features.find((one) => JSON.stringify(edges(one.geometry.coordinates.flat(one.geometry.type === 'Polygon' ? 1 : 2))) === JSON.stringify(wanted));
  assert.ok(house, 'where it was drawn');
  assert.equal(house.properties.niveles, Number(drawn.find((one) => one.type === 'way').tags['building:levels']));
  assert.equal(house.properties.uso, 'H');
}

/** Takes a draft up that others have met in between, decides, and uploads where something is left to upload. */
async function decided(bruno, address, name, levels) {
  const page = await again(bruno, address);
  await page.getByRole('button', { name: 'Continuar con él' }).click();
  await page.getByRole('heading', { name: 'Otras personas pasaron por aquí' }).waitFor();
  await page.getByLabel(name).check();
  if (name === 'Decidir uno por uno') await page.locator('dialog select').first().selectOption('mine');
  await accessible(page, `others were here: ${name}`, ID);
  await shot(page, `08-conflict-${levels}`);
  await page.getByRole('button', { name: 'Recuperar el borrador' }).click();
  if (name !== 'Queda lo de ellos') {
    await kept(page);
    await upload(page);
    await uploaded(page);
  }
  await noDrafts(page);
  return page;
}

/** How many floors the house has on the map. */
async function floors(page, home, hut, version, levels) {
  const now = (await osm(page, home, 'GET', `/api/0.6/way/${hut.id}.json`)).elements[0];
  assert.equal(now.version, version);
  assert.equal(now.tags['building:levels'], levels);
  assert.equal(now.nodes.length, 5);
}

/** Somebody else edits in his task, and the instructions become others: he is told while he draws. */
async function news(alicia, bruno, project, texts) {
  await call(alicia, 'PATCH', `/api/v2/projects/${project}/`, { projectInfoLocales: [{ ...texts, instructions: 'Dibujar cada casa.\nTambién los tejados de lámina.' }] });
  await bruno.locator('[data-testid=task-stranger]').waitFor();
  await bruno.locator('[data-testid=task-changed] ins').filter({ hasText: 'lámina' }).waitFor();
  await bruno.locator('[data-testid=task-changed] del').filter({ hasText: 'sombras' }).waitFor();
  await accessible(bruno, 'news of the task', ID);
  await shot(bruno, '06-news');
}

/** Drafts from before: the other two ways on, and one with faults that goes in all the same. */
async function inOtherWays(bruno, home, address, hut) {
  await draftOf(bruno, 'lo-de-ellos', raised(hut, 1, '7'));
  let page = await decided(bruno, address, 'Queda lo de ellos', '7');
  await floors(page, home, hut, 3, '2');
  await draftOf(page, 'lo-mio', raised(hut, 1, '3'));
  page = await decided(page, address, 'Queda lo mío', '3');
  await floors(page, home, hut, 4, '3');

  // what is wrong with a drawing is shown, and never stands in the way
  const { elements } = await osm(page, home, 'GET', `/api/0.6/way/${hut.id}/full.json`);
  const corners = elements.filter((one) => one.type === 'node').map((one, i) => `<node id="${-1 - i}" lon="${one.lon + 0.00005}" lat="${one.lat}"/>`);
  await draftOf(page, 'encima', `<create>${corners.join('')}${way({ id: -1, nodes: [-1, -2, -3, -4, -1] }, 0, {})}</create>`);
  page = await again(page, address);
  await page.getByRole('button', { name: 'Continuar con él' }).click();
  await kept(page);
  await page.getByRole('button', { name: 'Revisar el dibujo' }).click();
  const findings = page.getByRole('region', { name: 'Lo que ven las revisiones' }).locator('li');
  await findings.first().waitFor();
  await accessible(page, 'what is wrong with a drawing', ID);
  await shot(page, '09-checks');
  await findings.first().getByRole('button').click();
  await shot(page, '09-checks-place');
  await upload(page);
  await uploaded(page);
  await noDrafts(page);
  return page;
}

/** A phone says that drawing needs more room, and does the rest. */
async function onAPhone(browser, context, home, project) {
  const phone = await browser.newPage({ width: 360, height: 740 });
  await phone.context().addCookies(await context.cookies());
  await phone.goto(`${home}/edit?task=${project}/2`);
  await phone.getByText('hace falta una pantalla más grande').waitFor();
  await phone.getByRole('button', { name: 'Tomarla' }).click();
  await phone.getByText('Es de usted hasta').waitFor();
  await phone.getByRole('button', { name: 'Más', exact: true }).click();
  await accessible(phone, 'a task on a phone');
  await shot(phone, '11-phone');
  await phone.getByRole('button', { name: 'Devolverla' }).click();
  await phone.locator('[data-testid=task-lock][data-state=READY]').waitFor();
  assert.deepEqual(phone.faults, []);
}

/** What iD and the page say in Portuguese and in English, of a task and of a draft that others have met. */
async function inOtherLanguages(browser, bruno, home, project, hut) {
  await draftOf(bruno, 'otra-vez', raised(hut, 1, '9'));
  for (const [locale, area, goOn, met] of [['pt-BR', 'Área', 'Continuar com ele', 'Outras pessoas'], ['en-US', 'Area', 'Go on with it', 'Others have been here']]) {
    const page = await browser.newPage({ width: 1440, height: 900, locale });
    await page.addInitScript((lang) => localStorage.setItem('tequio.lang', lang), locale.slice(0, 2));
    await page.context().addCookies(await bruno.context().cookies());
    await page.goto(`${home}/edit?task=${project}/2`);
    await ready(page);
    await page.locator('.ideditor button.add-area').getByText(area).waitFor();
    await page.getByRole('button', { name: goOn }).click();
    await page.getByRole('heading', { name: met }).waitFor();
    await accessible(page, `others were here, in ${locale}`, ID);
    await shot(page, `13-${locale}`);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
  await call(bruno, 'DELETE', '/api/map/drafts/otra-vez');
}

/** The same person in a new tab; the one before is gone. */
async function again(page, address) {
  const next = await page.context().newPage();
  next.setDefaultTimeout(60_000);
  await page.close({ runBeforeUnload: false });
  await next.goto(address);
  await ready(next);
  return next;
}

async function until(holds, what, seconds = 20) {
  for (let i = 0; i < seconds * 10; i++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(what);
}
