// One day of a city over a running server that nobody has begun yet: the first admin enters by the one-time link, hands in a changed layer, reads
// the differences, publishes, and takes it back.
//   TEQUIO_URL=http://localhost:8080 TEQUIO_WELCOME='http://localhost:8080/welcome#token=…' npm run test:e2e
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { openBrowser, settled } from '../chromium.mjs';
import { accessible } from '../journeys.mjs';
import { aBakery } from './cases.mjs';
import { aTaskInTheEditor } from './editor.mjs';
import { aFileForTheMap } from './map-file.mjs';
import { beforeAMapathon } from './mapathon.mjs';
import { aWholeMapathon } from './mapathon-whole.mjs';
import { aMapathon } from './together.mjs';

const url = process.env.TEQUIO_URL?.replace(/\/$/, '');
const welcome = process.env.TEQUIO_WELCOME;
// a session belongs to the origin of the link that began it
const home = welcome ? new URL(welcome).origin : url;
const SHOTS = fileURLToPath(new URL('../../test-results/screenshots/steward/', import.meta.url));
const ADMIN = { email: 'alicia@catastro.example', phrase: 'una frase muy larga de Alicia' };
// without a mail server letters lie in the city's folder
const city = process.env.TEQUIO_CITY;
const json = async (path) => (await fetch(url + path)).json();

test('Alicia begins the city, hands in a changed layer, reads its differences, publishes and undoes', { skip: url && welcome ? false : 'set TEQUIO_URL and TEQUIO_WELCOME, the one-time link of a new city' }, async () => {
  mkdirSync(SHOTS, { recursive: true });
  const { layers } = await json('/api/layers?lang=es');
  // a layer of a few hundred things that can be read whole
  const layer = layers.filter((one) => one.tiles && one.count >= 20 && one.count <= 3000 && one.downloads.some((each) => each.href.includes('.geojson'))).sort((a, b) => b.count - a.count)[0];
  assert.ok(layer, 'the city has no layer to try with');
  const before = await json(layer.downloads.find((one) => one.href?.includes('.geojson')).href);
  const next = structuredClone(before);
  const gone = next.features.splice(0, 2);
  const moved = next.features[0];
  const shift = (point) => (typeof point[0] === 'number' ? [point[0] + 0.0002, point[1], ...point.slice(2)] : point.map(shift));
  moved.geometry.coordinates = shift(moved.geometry.coordinates);

  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ width: 1440, height: 900 });
    page.setDefaultTimeout(120_000);
    const shot = (name) => page.screenshot({ path: `${SHOTS}${name}.png` });
    await page.goto(welcome);
    await page.fill('input[autocomplete=name]', 'Alicia Ramírez');
    await page.fill('input[type=email]', ADMIN.email);
    await page.fill('input[autocomplete=new-password]', ADMIN.phrase);
    await page.click('button[type=submit]');
    await page.waitForURL(/\/staff$/);
    await accessible(page, 'first inbox');
    await shot('inbox');

    await page.goto(`${home}/staff/new?layer=${layer.id}`);
    await page.waitForSelector('.drop');
    await page.setInputFiles('[data-testid=picker]', { name: `${layer.id}.geojson`, mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify(next)) });
    await page.waitForSelector('[data-testid=upload][data-state=done]');
    await page.getByLabel('Qué cambió').fill('Dos menos, uno corrido');
    await page.getByRole('button', { name: 'Revisar y comparar' }).click();
    await page.waitForURL(/\/staff\/submissions\//);
    await page.waitForSelector('tbody tr');
    const submission = page.url().match(/submissions\/([^/?]+)/)[1];
    const { summary } = await page.evaluate(async (id) => (await (await fetch(`/api/submissions/${id}`)).json()).layers[0], submission);
    assert.equal(summary.removed, gone.length);
    assert.equal(summary.geometry + summary.both, 1);
    assert.equal(summary.added, 0);
    await settled(page);
    await accessible(page, 'differences');
    await shot('differences');

    for (const verb of ['Enviar a revisión', 'Aprobar y publicar']) {
      const button = page.getByRole('button', { name: verb }).first();
      if (!(await button.isVisible())) continue;
      await button.click();
      await page.locator('dialog[open] footer .action:not(.quiet)').click();
      await page.waitForSelector('dialog[open]', { state: 'detached' });
      await page.waitForTimeout(500);
    }
    await page.waitForSelector('.published');
    await shot('published');
    const published = (await json('/api/layers?lang=es')).layers.find((one) => one.id === layer.id);
    assert.equal(published.count, layer.count - gone.length);

    await page.getByRole('button', { name: 'Deshacer la publicación' }).click();
    await page.locator('dialog[open] footer .action:not(.quiet)').click();
    await page.waitForFunction(() => /deshecha/.test(document.querySelector('.toasts')?.textContent ?? ''));
    const after = await json(layer.downloads.find((one) => one.href?.includes('.geojson')).href);
    assert.deepEqual(new Set(after.features.map((one) => JSON.stringify(one.geometry))), new Set(before.features.map((one) => JSON.stringify(one.geometry))));
    await page.goto(`${home}/staff/revisions`);
    await page.waitForSelector('tbody tr');
    await accessible(page, 'revisions');
    await shot('revisions');
    assert.deepEqual(page.faults, []);
  } finally {
    await browser.close();
  }
});

test('Alicia writes a procedure; Bruno files a bakery by it from his phone, pays, completes it, and has her decision', { skip: url && welcome && city ? false : 'set TEQUIO_URL, TEQUIO_WELCOME and TEQUIO_CITY, the folder of a new city' }, async (t) => {
  const browser = await openBrowser();
  try {
    await aBakery(t, browser, home, ADMIN, city);
  } finally {
    await browser.close();
  }
});

test('Bruno maps a task in iD: a cut line and other people\'s edits cost him nothing, Alicia looks it over, and nobody else is asked for anything', { skip: url && welcome && city ? false : 'set TEQUIO_URL, TEQUIO_WELCOME and TEQUIO_CITY, the folder of a new city' }, async () => {
  const browser = await openBrowser();
  try {
    await aTaskInTheEditor(browser, home, ADMIN, city, process.env.TEQUIO_JOURNEYS === 'all');
  } catch (failed) {
    await browser.look(fileURLToPath(new URL('../../test-results/screenshots/editor/failed', import.meta.url)));
    throw failed;
  } finally {
    await browser.close();
  }
});

test('Alicia makes a team and a mapping project in five steps; Bruno asks to join from his phone, and is in', { skip: url && welcome && city ? false : 'set TEQUIO_URL, TEQUIO_WELCOME and TEQUIO_CITY, the folder of a new city' }, async () => {
  const browser = await openBrowser();
  try {
    await beforeAMapathon(browser, home, ADMIN, city);
  } finally {
    await browser.close();
  }
});

test('Carla and Diego map together: each sees the other\'s locks at once, and what Carla drew is judged beside what was there', { skip: url && welcome && city ? false : 'set TEQUIO_URL, TEQUIO_WELCOME and TEQUIO_CITY, the folder of a new city' }, async () => {
  const browser = await openBrowser();
  try {
    await aMapathon(browser, home, ADMIN, city);
  } finally {
    await browser.close();
  }
});

test('Alicia brings a file to the community map: one that breaks off changes nothing, and what a whole one lacks is named with its place', { skip: url && welcome ? false : 'set TEQUIO_URL and TEQUIO_WELCOME, the one-time link of a new city' }, async () => {
  const browser = await openBrowser();
  try {
    await aFileForTheMap(browser, home, ADMIN);
  } finally {
    await browser.close();
  }
});

const isWhole = /\b(all|mapathon)\b/.test(process.env.TEQUIO_JOURNEYS ?? '');
test('a mapathon goes from an empty area to a task found good, a picture of every step', { skip: url && welcome && city && isWhole ? false : 'set TEQUIO_URL, TEQUIO_WELCOME, TEQUIO_CITY and TEQUIO_JOURNEYS=mapathon' }, async () => {
  const browser = await openBrowser();
  try {
    await aWholeMapathon(browser, home, ADMIN, city);
  } finally {
    await browser.close();
  }
});
