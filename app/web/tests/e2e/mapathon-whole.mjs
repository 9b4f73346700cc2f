// A whole mapathon over a running city, a picture of every step: Alicia makes the project, Eva maps and Fidel watches from his phone, Alicia
// sends the task back, helps, finds it good; everyone sees what they did.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { settled } from '../chromium.mjs';
import { accessible } from '../journeys.mjs';
import { osm } from './editor.mjs';
import { areas, file } from './mapathon.mjs';
import { call, enter, invited, signIn } from './people.mjs';

const SHOTS = fileURLToPath(new URL('../../test-results/screenshots/mapathon/', import.meta.url));
const EVA = { name: 'Eva Xicoténcatl', email: 'eva@mapaton.example', phrase: 'dibujo casas desde la azotea' };
const FIDEL = { name: 'Fidel Robles', email: 'fidel@mapaton.example', phrase: 'miro el mapa en el camión' };
const NAME = 'Casas junto a la barranca';
let pictures = 0;
/** A picture, once the map on the page is drawn. */
async function shot(page, name) {
  if (await page.locator('canvas.maplibregl-canvas').count()) await settled(page);
  await page.screenshot({ path: `${SHOTS}${String(++pictures).padStart(2, '0')}-${name}.png` });
}

/** From the empty page to the published project. */
async function made(alicia, home, square) {
  await alicia.goto(`${home}/projects/new`);
  await alicia.getByLabel('Archivo con el área').setInputFiles(file('barranca.geojson', square));
  await alicia.getByText('Parte 1').waitFor();
  await shot(alicia, 'area');
  await alicia.getByRole('button', { name: 'Siguiente: Tareas' }).click();
  await alicia.getByTestId('task-count').waitFor();
  await shot(alicia, 'tasks');
  await alicia.getByRole('button', { name: 'Siguiente: Qué' }).click();
  await alicia.getByLabel('Nombre', { exact: true }).fill(NAME);
  await alicia.getByLabel('En breve').fill('Para saber a quién avisar cuando crece el agua.');
  await alicia.getByLabel('Instrucciones', { exact: true }).fill('1. Tome una tarea.\n2. Dibuje **cada casa**.');
  await alicia.getByLabel('Edificios').check();
  await shot(alicia, 'what');
  await alicia.getByRole('button', { name: 'Siguiente: Quiénes' }).click();
  const organisation = alicia.getByLabel('Organización');
  await organisation.locator('option').nth(1).waitFor({ state: 'attached' });
  await organisation.selectOption({ index: 1 });
  await shot(alicia, 'who');
  await alicia.getByRole('button', { name: 'Siguiente: Revisión' }).click();
  await alicia.getByRole('heading', { name: /Paso 5 de 5/ }).waitFor();
  await shot(alicia, 'review');
  await alicia.getByRole('button', { name: 'Publicar' }).click();
  await alicia.waitForURL(/\/projects\/\d+$/);
  return Number(/\d+$/.exec(new URL(alicia.url()).pathname)[0]);
}

/** Uploads what is inside an osmChange, as an editor does; the numbers that were given, by kind and placeholder. */
async function uploaded(page, home, comment, change) {
  const changeset = await osm(page, home, 'PUT', '/api/0.6/changeset/create', `<osm><changeset><tag k="comment" v="${comment}"/></changeset></osm>`);
  const told = await osm(page, home, 'POST', `/api/0.6/changeset/${changeset}/upload`, `<osmChange version="0.6">${change.replaceAll('CS', changeset)}</osmChange>`);
  await osm(page, home, 'PUT', `/api/0.6/changeset/${changeset}/close`);
  return { changeset, ids: new Map(told.diffResult.map((one) => [`${one.type}${one.old_id}`, one.new_id])) };
}
const node = (id, lon, lat, tags = '') => `<node id="${id}" changeset="CS" lon="${lon.toFixed(7)}" lat="${lat.toFixed(7)}">${tags}</node>`;
function house(first, lon, lat, value) {
  const d = 0.00015;
  const corners = [[0, 0], [d, 0], [d, d], [0, d]].map(([x, y], i) => node(first - i, lon + x, lat + y)).join('');
  return `${corners}<way id="${first}" changeset="CS">${[0, 1, 2, 3, 0].map((i) => `<nd ref="${first - i}"/>`).join('')}<tag k="building" v="${value}"/></way>`;
}

/** Takes the task, draws in it, calls it mapped. */
async function mapped(eva, home, project, task, comment, change) {
  await eva.goto(`${home}/projects/${project}/tasks?task=${task}`);
  await eva.getByRole('button', { name: 'Tomarla para mapear' }).click();
  await eva.locator('[data-testid=held]').waitFor();
  await accessible(eva, 'a task that one holds');
  await shot(eva, 'held');
  const done = await uploaded(eva, home, comment, change);
  await eva.getByRole('button', { name: 'Está mapeada' }).click();
  await eva.locator('[data-testid=held]').waitFor({ state: 'detached' });
  return done;
}
async function toValidate(alicia, home, project, task) {
  await alicia.goto(`${home}/projects/${project}/tasks?task=${task}`);
  await alicia.getByRole('button', { name: 'Tomarla para validar' }).click();
  await alicia.waitForURL((url) => url.pathname.endsWith('/validate'));
  await alicia.locator('.maps canvas').nth(1).waitFor();
}

/** @param admin who administers the city; @param city its folder, where letters lie */
export async function aWholeMapathon(browser, home, admin, city) {
  mkdirSync(SHOTS, { recursive: true });
  const alicia = await browser.newPage({ width: 1440, height: 900 });
  await signIn(alicia, home, admin.email, admin.phrase, '/projects');
  await accessible(alicia, 'no project yet');
  await shot(alicia, 'no-project');
  const project = await made(alicia, home, (await areas(home)).square);
  for (const person of [EVA, FIDEL]) await invited(alicia, home, city, person);

  // a shed is on the map already, in the middle of a task
  const { body: tasks } = await call(alicia, 'GET', `/api/v2/projects/${project}/tasks/`);
  const largest = tasks.features.map((one) => ({ task: one.properties.taskId, box: one.geometry.coordinates.flat(2) })).map(({ task, box }) => ({ task, west: Math.min(...box.map((at) => at[0])), east: Math.max(...box.map((at) => at[0])), south: Math.min(...box.map((at) => at[1])), north: Math.max(...box.map((at) => at[1])) })).reduce((a, b) => ((b.east - b.west) * (b.north - b.south) > (a.east - a.west) * (a.north - a.south) ? b : a));
  const { task } = largest;
  const [lon, lat] = [(largest.west + largest.east) / 2, (largest.south + largest.north) / 2];
  const shed = await uploaded(alicia, home, 'Un cobertizo', `<create>${house(-1, lon, lat, 'shed')}</create>`);

  const eva = await browser.newPage({ width: 1440, height: 900 });
  await signIn(eva, home, EVA.email, EVA.phrase, '/projects?what=BUILDINGS');
  await eva.getByRole('link', { name: NAME }).waitFor();
  await accessible(eva, 'looking for projects');
  await shot(eva, 'explore');
  await eva.getByRole('link', { name: NAME }).click();
  await eva.locator('.markdown strong').filter({ hasText: 'cada casa' }).waitFor();
  await accessible(eva, 'a project');
  await shot(eva, 'project');
  const fidel = await browser.newPage({ width: 360, height: 740 });
  await signIn(fidel, home, FIDEL.email, FIDEL.phrase, `/projects/${project}/tasks`);
  await fidel.locator('[data-live=true]').waitFor();

  // the shed is gone, a house stands beside it; Fidel sees the lock come and go
  const corners = [-1, -2, -3, -4].map((old) => shed.ids.get(`node${old}`));
  const gone = `<delete><way id="${shed.ids.get('way-1')}" version="1" changeset="CS"/>${corners.map((id) => `<node id="${id}" version="1" changeset="CS"/>`).join('')}</delete>`;
  const first = await mapped(eva, home, project, task, 'Casas de la barranca', `<create>${house(-1, lon + 0.0004, lat, 'house')}</create>${gone}`);
  await fidel.locator('tbody').getByText('Mapeada').first().waitFor();
  await accessible(fidel, 'tasks on a phone');
  await shot(fidel, 'tasks-phone');

  await toValidate(alicia, home, project, task);
  await alicia.getByTestId('gone').waitFor();
  await alicia.locator('tbody tr').filter({ has: alicia.locator('del', { hasText: 'building=shed' }), hasText: EVA.name }).waitFor();
  await accessible(alicia, 'before and after');
  await shot(alicia, 'before-after');
  await alicia.getByLabel('Para quien la mapeó').fill('Falta la casa de la esquina.');
  await alicia.getByRole('button', { name: 'Falta algo' }).click();
  await alicia.getByText('No tiene nada por validar aquí').waitFor();

  await alicia.goto(`${home}/projects/${project}/dashboard`);
  await alicia.getByRole('heading', { name: 'Sus tareas regresaron' }).waitFor();
  await alicia.getByText(EVA.name).first().waitFor();
  await accessible(alicia, 'who needs help');
  await shot(alicia, 'who-needs-help');

  await mapped(eva, home, project, task, 'La casa de la esquina', `<create>${house(-1, lon, lat + 0.0004, 'house')}</create>`);
  await toValidate(alicia, home, project, task);
  await alicia.locator('tbody').getByText('building=house').nth(1).waitFor();
  await shot(alicia, 'again');
  await alicia.getByLabel('Para quien la mapeó').fill('Muy bien.');
  await alicia.getByRole('button', { name: 'Está bien' }).click();
  await alicia.getByText('No tiene nada por validar aquí').waitFor();
  await alicia.goto(`${home}/projects/${project}/dashboard`);
  await alicia.getByText('Nadie por ahora').waitFor();
  await accessible(alicia, 'progress and quality');
  await shot(alicia, 'dashboard');

  // what was said of an upload is answered on its page
  await alicia.goto(`${home}/changeset/${first.changeset}`);
  await alicia.getByRole('button', { name: 'Comentar' }).click();
  await alicia.getByRole('alert').filter({ hasText: 'Escriba el comentario' }).waitFor();
  await alicia.locator('#text').fill('¿El cobertizo ya no está?');
  await alicia.getByRole('button', { name: 'Comentar' }).click();
  await alicia.locator('article').getByText('¿El cobertizo ya no está?').waitFor();
  await accessible(alicia, 'a changeset');
  await shot(alicia, 'changeset');

  // a note that a passer-by left: Fidel signs in from its page, comes back to it, and settles it
  const left = await (await fetch(`${home}/api/0.6/notes.json?lat=${lat}&lon=${lon}&text=Bache`, { method: 'POST' })).json();
  const passer = await browser.newPage({ width: 360, height: 740 });
  await passer.goto(`${home}/note/${left.properties.id}`);
  await passer.getByRole('link', { name: 'Entrar a la cuenta para comentar' }).click();
  await enter(passer, FIDEL.email, FIDEL.phrase);
  await passer.locator('#text').fill('Ya lo taparon.');
  await accessible(passer, 'a note on a phone');
  await shot(passer, 'note-phone');
  await passer.getByRole('button', { name: 'Está resuelta' }).click();
  await passer.getByRole('button', { name: 'Reabrir la nota' }).waitFor();
  await passer.locator('article').getByText('Ya lo taparon.').waitFor();

  await eva.goto(`${home}/contributions`);
  await eva.getByRole('link', { name: NAME }).waitFor();
  await eva.getByRole('link', { name: `Envío ${first.changeset}` }).waitFor();
  await accessible(eva, 'what one did');
  await shot(eva, 'contributions');
  const { body: end } = await call(alicia, 'GET', `/api/v2/projects/${project}/statistics/`);
  assert.equal(end.tasksValidated, 1);
  assert.equal(end.tasksInvalidated, 0);
  for (const page of [alicia, eva, fidel, passer]) assert.deepEqual(page.faults, []);
}
