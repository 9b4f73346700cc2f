// A resident's procedures over a running server with the demo city: TEQUIO_URL=http://localhost:8080 npm run test:e2e
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { openBrowser } from '../chromium.mjs';
import { accessible } from '../journeys.mjs';

const url = process.env.TEQUIO_URL?.replace(/\/$/, '');
const SHOTS = fileURLToPath(new URL('../../test-results/screenshots/procedures/', import.meta.url));
const skip = url ? false : 'set TEQUIO_URL to the address of a running city';
let browser;
before(async () => {
  if (skip) return;
  mkdirSync(SHOTS, { recursive: true });
  browser = await openBrowser();
});
after(() => browser?.close());

/** The middle of a parcel that the map has. */
async function parcel() {
  const { layers } = await (await fetch(`${url}/api/layers?lang=es`)).json();
  const predios = layers.find((one) => one.standard === 'cat.predio');
  const { features } = await (await fetch(`${url}/ogc/collections/${predios.id}/items?f=json&limit=1`)).json();
  const ring = features[0].geometry.coordinates.flat(features[0].geometry.type === 'MultiPolygon' ? 2 : 1);
  return [0, 1].map((axis) => ring.reduce((sum, point) => sum + point[axis], 0) / ring.length);
}

test('Bruno asks on his phone whether a bakery may open, sees what is known and what is not, and goes on after the page was left', { skip }, async () => {
  const [lon, lat] = await parcel();
  const page = await browser.newPage({ width: 360, height: 740 });
  const shot = (name) => page.screenshot({ path: `${SHOTS}${name}.png` });
  await page.goto(`${url}/procedures#at=${lon},${lat}&map=17/${lat}/${lon}`);
  await page.getByLabel('Buscar por palabras').fill('abrir la luna');
  await page.getByText('Ningún trámite tiene esas palabras').waitFor();
  await page.getByLabel('Buscar por palabras').fill('negócio ABRIR');
  await accessible(page, 'list');
  await shot('list');
  await page.getByRole('link', { name: /Puedo abrir este negocio/ }).click();
  await accessible(page, 'introduction');
  await page.getByRole('button', { name: 'Empezar' }).click();
  await page.getByText('Pregunta 1 de 4').waitFor();
  await accessible(page, 'place');
  await page.getByRole('button', { name: 'Siguiente' }).click();
  await page.getByRole('radio', { name: /anader/ }).first().check();
  await shot('activity');
  await page.getByRole('button', { name: 'Siguiente' }).click();
  await page.getByText('Pregunta 3 de 4').waitFor();
  await page.getByRole('button', { name: 'Siguiente' }).click();
  await page.getByRole('alert').filter({ hasText: 'Hace falta' }).waitFor();
  await accessible(page, 'an answer is missing');
  await page.locator('#procedure-answer').fill('1,234.5 m2');
  await page.getByRole('button', { name: 'Siguiente' }).click();
  await page.getByRole('alert').filter({ hasText: 'un número' }).waitFor();
  await page.locator('#procedure-answer').fill('120');
  await page.getByRole('button', { name: 'Siguiente' }).click();
  await page.getByText('Pregunta 4 de 4').waitFor();

  await page.reload();
  await page.getByText('Pregunta 4 de 4').waitFor();
  await page.locator('#procedure-answer').fill('140');
  await page.getByRole('button', { name: 'Ver la respuesta' }).click();
  await page.locator('.rules li').first().waitFor();
  await page.locator('.handle').click();
  await accessible(page, 'answer');
  await shot('answer');
  const rules = page.locator('.rules li');
  // 140 people are more than 100: the plan is asked for whatever the zoning says
  assert.match(await rules.filter({ hasText: /100 personas/ }).innerText(), /Aplica/);
  assert.equal(await page.locator('.rules li.unknown .sign').count(), await rules.filter({ hasText: /No se pudo preguntar|Aquí no hay datos/ }).count());
  assert.deepEqual(page.faults, []);
});

test('the answer is read in Portuguese and in the dark, and a procedure that does not exist says so', { skip }, async () => {
  const [lon, lat] = await parcel();
  const page = await browser.newPage({ width: 820, height: 1180, dark: true, locale: 'pt-BR' });
  await page.goto(`${url}/procedures/q-riesgo/answer#at=${lon},${lat}`);
  await page.getByTestId('trouble').waitFor();
  await page.getByRole('button', { name: 'Mudar as respostas' }).click();
  await page.getByRole('button', { name: 'Ver a resposta' }).click();
  await page.locator('.rules li').first().waitFor();
  await accessible(page, 'answer in Portuguese');
  await page.screenshot({ path: `${SHOTS}answer-pt.png` });
  await page.goto(`${url}/procedures/q-nada`);
  await page.getByTestId('trouble').waitFor();
});

test('a layer that the city lacks is named as people know it', { skip }, async () => {
  const [lon, lat] = await parcel();
  const page = await browser.newPage({ width: 360, height: 740 });
  await page.goto(`${url}/procedures/q-ecologia#at=${lon},${lat}`);
  await page.getByRole('button', { name: 'Empezar' }).click();
  await page.getByRole('button', { name: 'Ver la respuesta' }).click();
  const lacking = page.locator('.rules li.unknown').first();
  await lacking.waitFor();
  await page.locator('.handle').click();
  await accessible(page, 'what could not be asked');
  await page.screenshot({ path: `${SHOTS}lacking.png` });
  assert.match(await lacking.innerText(), /Lo sabría: Zonificación ecológica/);
});
