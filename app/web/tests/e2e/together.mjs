// A mapathon over a running city: Carla and Diego take tasks of one project, each sees the other at once, and Alicia judges what was drawn.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { accessible } from '../journeys.mjs';
import { osm } from './editor.mjs';
import { call, invited, signIn } from './people.mjs';

const SHOTS = fileURLToPath(new URL('../../test-results/screenshots/together/', import.meta.url));
const CARLA = { name: 'Carla Nunes', email: 'carla@mapaton.example', phrase: 'la banqueta ancha de mi calle' };
const DIEGO = { name: 'Diego Peña', email: 'diego@mapaton.example', phrase: 'un canal que nunca se desborda' };
const shot = (page, name) => page.screenshot({ path: `${SHOTS}${name}.png` });
const DESCRIPTION = 'Cada lluvia se inundan **las mismas calles**.\n\n- [La guía](/manual)\n- [No](javascript:alert(1))\n\n<img src=x onerror=alert(1)>';

/** Three tasks in a row, north-east of the middle of the city. */
async function aProject(alicia, home) {
  const { bbox } = await (await fetch(`${home}/api/city?lang=es`)).json();
  const [lon, lat] = [(bbox[0] + bbox[2]) / 2 + 0.004, (bbox[1] + bbox[3]) / 2 + 0.004];
  const square = (west) => ({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[[west, lat], [west + 0.002, lat], [west + 0.002, lat + 0.002], [west, lat + 0.002], [west, lat]]] } });
  const areaOfInterest = { type: 'FeatureCollection', features: [0, 1, 2].map((i) => square(lon + i * 0.002)) };
  const made = await call(alicia, 'POST', '/api/v2/projects/', { projectName: 'Drenajes del barrio', organisation: 'alcaldia', areaOfInterest, arbitraryTasks: true, defaultLocale: 'es' });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const project = made.body.projectId;
  const texts = { locale: 'es', name: 'Drenajes del barrio', shortDescription: 'Coladeras antes de las lluvias', description: DESCRIPTION, instructions: '1. Tome una tarea.\n2. Dibuje cada coladera.', perTaskInstructions: '' };
  const patched = await call(alicia, 'PATCH', `/api/v2/projects/${project}/`, { status: 'PUBLISHED', projectPriority: 'URGENT', mappingTypes: ['WATERWAYS'], changesetComment: '#drenajes', projectInfoLocales: [texts] });
  assert.equal(patched.status, 200, JSON.stringify(patched.body));
  return { project, middle: [lon + 0.001, lat + 0.001] };
}

/** Uploads a drain and a house, as an editor does. */
async function draws(page, home, [lon, lat]) {
  const changeset = await osm(page, home, 'PUT', '/api/0.6/changeset/create', '<osm><changeset><tag k="comment" v="Coladeras de la esquina #drenajes"/></changeset></osm>');
  const node = (id, dx, dy, tags = '') => `<node id="${id}" changeset="${changeset}" lon="${(lon + dx).toFixed(7)}" lat="${(lat + dy).toFixed(7)}">${tags}</node>`;
  const corners = [node(-1, 0, 0), node(-2, 0.0004, 0), node(-3, 0.0004, 0.0004), node(-4, 0, 0.0004)].join('');
  const way = `<way id="-1" changeset="${changeset}">${[-1, -2, -3, -4, -1].map((ref) => `<nd ref="${ref}"/>`).join('')}<tag k="building" v="house"/></way>`;
  await osm(page, home, 'POST', `/api/0.6/changeset/${changeset}/upload`, `<osmChange version="0.6"><create>${corners}${node(-5, -0.0004, -0.0004, '<tag k="man_made" v="manhole"/>')}${way}</create></osmChange>`);
  await osm(page, home, 'PUT', `/api/0.6/changeset/${changeset}/close`);
}

/** Mapping together, as two mappers and a validator live it. */
export async function aMapathon(browser, home, admin, city) {
  mkdirSync(SHOTS, { recursive: true });
  const alicia = await browser.newPage({ width: 1440, height: 900 });
  await signIn(alicia, home, admin.email, admin.phrase, '/projects');
  for (const person of [CARLA, DIEGO]) await invited(alicia, home, city, person);
  const { project, middle } = await aProject(alicia, home);

  // Carla finds the project from a link that says what is looked for
  const carla = await browser.newPage({ width: 1440, height: 900 });
  await signIn(carla, home, CARLA.email, CARLA.phrase, '/projects?q=drenajes&what=WATERWAYS');
  await carla.locator(`[data-project="${project}"]`).waitFor();
  assert.equal(await carla.locator('article').count(), 1);
  await accessible(carla, 'looking for projects');
  await shot(carla, '01-explore');
  await carla.getByRole('button', { name: 'Favorito: Drenajes del barrio' }).click();
  await carla.getByLabel('Mis favoritos').check();
  await carla.locator(`[data-project="${project}"] [aria-pressed=true]`).waitFor();
  await carla.getByRole('link', { name: 'Drenajes del barrio' }).click();
  await carla.getByRole('heading', { name: 'Para qué es' }).waitFor();
  assert.equal(await carla.locator('.markdown img, .markdown [href^="javascript:"]').count(), 0);
  await accessible(carla, 'a project');
  await shot(carla, '02-project');

  // Diego looks on from his phone at night
  const diego = await browser.newPage({ width: 360, height: 740, dark: true });
  await signIn(diego, home, DIEGO.email, DIEGO.phrase, `/projects/${project}/tasks`);
  await diego.locator('[data-live=true]').waitFor();

  await carla.getByRole('link', { name: 'Elegir una tarea' }).click();
  await carla.locator('[data-live=true]').waitFor();
  await carla.getByRole('button', { name: 'Tarea 1', exact: true }).click();
  await carla.getByRole('button', { name: 'Tomarla para mapear' }).click();
  await carla.locator('[data-testid=held]').waitFor();
  await diego.locator('tbody').getByText('Carla Nunes').waitFor();
  await accessible(carla, 'a task that one holds');
  await shot(carla, '03-held');
  await accessible(diego, 'tasks on a phone');
  await shot(diego, '04-phone');
  assert.ok(await diego.evaluate(() => document.documentElement.scrollWidth <= 360), 'wider than the phone');
  await diego.getByRole('button', { name: 'Tarea 1', exact: true }).click();
  await diego.getByText('La tiene Carla Nunes').waitFor();
  assert.equal(await diego.getByRole('button', { name: 'Tomarla para mapear' }).count(), 0);

  // nobody listens where JOSM would: the task stays hers, and she is told what to do
  await carla.route('http://127.0.0.1:8111/**', (route) => route.abort());
  await carla.getByRole('button', { name: 'Abrir en JOSM' }).click();
  await carla.getByRole('heading', { name: 'JOSM no contesta' }).waitFor();
  await carla.getByRole('button', { name: 'Cerrar' }).first().click();
  carla.faults = carla.faults.filter((one) => !one.includes('8111'));

  await draws(carla, home, middle);
  await carla.getByLabel('Comentario para quien siga').fill('La coladera de la esquina está tapada.');
  await carla.getByRole('button', { name: 'Está mapeada' }).click();
  await diego.locator('[data-testid=task]').getByText('Mapeada', { exact: true }).first().waitFor();

  await judged(alicia, home, project);
  await diego.locator('[data-testid=task]').getByText('Validada', { exact: true }).first().waitFor();
  for (const page of [alicia, carla, diego]) assert.deepEqual(page.faults, []);
}

/** Before and after, what was said, and the verdict: first refused without a reason, then given. */
async function judged(alicia, home, project) {
  await alicia.goto(`${home}/projects/${project}/tasks?task=1`);
  await alicia.getByRole('button', { name: 'Tomarla para validar' }).click();
  await alicia.waitForURL((url) => url.pathname.endsWith('/validate'));
  await alicia.locator('tbody').getByText('building=house').waitFor();
  assert.equal(await alicia.locator('tbody tr').count(), 2, 'a house and a drain; its corners speak through the house');
  await alicia.locator('[data-testid=check-count]').waitFor();
  await alicia.getByText('Coladeras de la esquina #drenajes').click();
  await alicia.getByLabel('Decir algo a quien lo envió').fill('¿La coladera tiene tapa?');
  await alicia.locator('details[open] form button').click();
  await alicia.locator('details[open] li').getByText('¿La coladera tiene tapa?').waitFor();
  await accessible(alicia, 'validating');
  await shot(alicia, '05-validate');
  await alicia.getByRole('button', { name: 'Falta algo' }).click();
  await alicia.getByText('Diga qué falta').waitFor();
  await alicia.getByLabel('Para quien la mapeó').fill('Muy bien.');
  await alicia.getByRole('button', { name: 'Está bien' }).click();
  await alicia.getByText('No tiene nada por validar aquí').waitFor();
}
