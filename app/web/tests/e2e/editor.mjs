// iD at a task, over a running city: what Bruno draws is on the map or in his draft, whatever happens in between, and nobody but the city is asked for anything.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { accessible } from '../journeys.mjs';
import { call, enter, invited, signIn } from './people.mjs';

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

/** Four corners in the middle of the screen, with the city's own preset. */
async function drawHut(page) {
  await page.locator('.ideditor button.add-area').click();
  for (const [x, y] of [[700, 400], [800, 400], [800, 480], [700, 480], [700, 480]]) {
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
const uploaded = (page) => page.getByText('El borrador ya no hace falta').waitFor();

/** A draft of Bruno's that changes a house as it was in a version, from another device. */
async function draftOf(bruno, way, version, tags) {
  const id = `de-la-laptop-${Object.values(tags)[0]}`;
  const osc = `<osmChange version="0.6"><modify><way id="${way.id}" version="${version}">${way.nodes.map((node) => `<nd ref="${node}"/>`).join('')}${Object.entries({ building: 'hut', ...tags }).map(([k, v]) => `<tag k="${k}" v="${v}"/>`).join('')}</way></modify></osmChange>`;
  const status = await bruno.evaluate(async ([id, osc]) => {
    const { csrf } = await (await fetch('/api/session')).json();
    return (await fetch(`/api/map/drafts/${id}`, { method: 'PUT', headers: { 'content-type': 'application/xml', 'tequio-csrf': csrf }, body: osc })).status;
  }, [id, osc]);
  assert.equal(status, 200);
}

/** @param admin who administers the city; @param city its folder, where letters lie */
export async function aTaskInTheEditor(browser, home, admin, city) {
  mkdirSync(SHOTS, { recursive: true });
  const alicia = await browser.newPage({ width: 1440, height: 900 });
  await signIn(alicia, home, admin.email, admin.phrase, '/account');
  await invited(alicia, home, city, BRUNO);
  const { project, texts, middle } = await aProject(alicia, home);
  const task = () => call(alicia, 'GET', `/api/v2/projects/${project}/tasks/1/`).then((one) => one.body);

  // the address of a task leads to it, over the door
  let bruno = await browser.newPage({ width: 1440, height: 900 });
  const context = bruno.context();
  const outside = [];
  context.on('request', (request) => !request.url().startsWith(home) && !/^(data|blob):/.test(request.url()) && outside.push(request.url()));
  await bruno.goto(`${home}/edit?task=${project}/1`);
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
  bruno = await again(bruno, `${home}/edit?task=${project}/1`);
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
  await until(async () => (await drafts(bruno)).length === 0, 'the draft is gone');
  // what was uploaded inside the task keeps it for longer
  await until(async () => (await task()).lockExpires > before, 'the lease is longer');

  const [west, south] = middle.map((one) => one - 0.001);
  const { elements } = await osm(bruno, home, 'GET', `/api/0.6/map.json?bbox=${west},${south},${west + 0.002},${south + 0.002}`);
  const hut = elements.find((one) => one.type === 'way' && one.tags?.residential === 'informal');
  assert.equal(hut.nodes.length, 5, 'four corners, and back to the first');
  const { changeset } = await osm(bruno, home, 'GET', `/api/0.6/changeset/${hut.changeset}.json`);
  assert.equal(changeset.tags.comment, COMMENT);
  assert.equal(changeset.tags.hashtags, '#mapatón;#tequio');
  assert.match(changeset.tags.created_by, /^iD /);

  // Alicia edits the same house while he holds the task, and says it better in the instructions
  const opened = await osm(alicia, home, 'PUT', '/api/0.6/changeset/create', '<osm><changeset><tag k="comment" v="nombre"/></changeset></osm>');
  const renamed = `<osmChange version="0.6"><modify><way id="${hut.id}" version="1" changeset="${opened}">${hut.nodes.map((node) => `<nd ref="${node}"/>`).join('')}<tag k="building" v="hut"/><tag k="residential" v="informal"/><tag k="name" v="Casa de Rosa"/></way></modify></osmChange>`;
  await osm(alicia, home, 'POST', `/api/0.6/changeset/${opened}/upload`, renamed);
  await call(alicia, 'PATCH', `/api/v2/projects/${project}/`, { projectInfoLocales: [{ ...texts, instructions: 'Dibujar cada casa.\nTambién los tejados de lámina.' }] });
  await bruno.locator('[data-testid=task-stranger]').waitFor();
  await bruno.locator('[data-testid=task-changed] ins').filter({ hasText: 'lámina' }).waitFor();
  await bruno.locator('[data-testid=task-changed] del').filter({ hasText: 'sombras' }).waitFor();
  await accessible(bruno, 'news of the task', ID);
  await shot(bruno, '05-news');

  // drafts that were begun before that: the three ways on, each once
  let version = 2;
  for (const [name, levels] of [['Queda lo de ellos', '1'], ['Queda lo mío', '2'], ['Decidir uno por uno', '3']]) {
    await draftOf(bruno, hut, 1, { 'building:levels': levels });
    bruno = await again(bruno, `${home}/edit?task=${project}/1`);
    await bruno.getByRole('button', { name: 'Continuar con él' }).click();
    await bruno.getByText('Otras personas pasaron por aquí').waitFor();
    await bruno.getByLabel(name).check();
    if (levels === '3') await bruno.getByLabel('Casa de Rosa').or(bruno.locator('dialog select')).first().selectOption('mine');
    await accessible(bruno, `others were here: ${name}`, ID);
    await shot(bruno, `06-conflict-${levels}`);
    await bruno.getByRole('button', { name: 'Recuperar el borrador' }).click();
    if (levels !== '1') {
      await kept(bruno);
      await upload(bruno);
      await uploaded(bruno);
      version++;
    }
    await until(async () => (await drafts(bruno)).length === 0, `the draft of «${name}» is gone`);
    const now = (await osm(bruno, home, 'GET', `/api/0.6/way/${hut.id}.json`)).elements[0];
    assert.equal(now.version, version);
    assert.equal(now.tags['building:levels'], levels === '1' ? undefined : levels);
  }

  await bruno.getByRole('button', { name: 'Quedó mapeada' }).click();
  await bruno.locator('[data-testid=task-lock][data-state=MAPPED]').waitFor();
  await alicia.goto(`${home}/edit?task=${project}/1`);
  await ready(alicia);
  await alicia.getByRole('button', { name: 'Revisarla' }).click();
  await alicia.locator('[data-testid=task-lock][data-state=LOCKED_FOR_VALIDATION]').waitFor();
  await alicia.getByLabel('Lo que vio').fill('Muy bien trazada.');
  await accessible(alicia, 'looking a task over', ID);
  await shot(alicia, '07-look');
  await alicia.getByRole('button', { name: 'Está bien' }).click();
  await alicia.locator('[data-testid=task-lock][data-state=VALIDATED]').waitFor();
  assert.equal((await task()).taskStatus, 'VALIDATED');

  await onAPhone(browser, context, home, project);
  assert.deepEqual(outside, []);
  assert.deepEqual(alicia.faults, []);
}

/** A phone says that drawing needs more room, and does the rest. */
async function onAPhone(browser, context, home, project) {
  const phone = await browser.newPage({ width: 360, height: 740 });
  await phone.context().addCookies(await context.cookies());
  await phone.goto(`${home}/edit?task=${project}/2`);
  await phone.getByText('hace falta una pantalla más grande').waitFor();
  await phone.getByRole('button', { name: 'Tomarla' }).click();
  await phone.getByText('Es de usted hasta').waitFor();
  await phone.getByRole('button', { name: 'Más' }).click();
  await accessible(phone, 'a task on a phone');
  await shot(phone, '08-phone');
  await phone.getByRole('button', { name: 'Devolverla' }).click();
  await phone.locator('[data-testid=task-lock][data-state=READY]').waitFor();
  assert.deepEqual(phone.faults, []);
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

async function until(holds, what) {
  for (let i = 0; i < 200; i++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(what);
}
