// Before a mapathon, over a running city whose administrator has an account: Alicia makes a team and a project in five steps, Bruno asks to
// join, and Clara is taken in.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { accessible } from '../journeys.mjs';
import { call, confirmed, invited, signIn } from './people.mjs';

const SHOTS = fileURLToPath(new URL('../../test-results/screenshots/coordinate/', import.meta.url));
const BRUNO = { name: 'Bruno Ortega', email: 'bruno@vecinos.example', phrase: 'mi calle entera cabe en un mapa' };
const CLARA = { name: 'Clara Ibáñez', email: 'clara@vecinos.example', phrase: 'las banquetas de mi colonia' };
const shot = (page, name) => page.screenshot({ path: `${SHOTS}${name}.png` });

/** A bow tie in the town, whose fault can be seen, and a square that is right. */
export async function areas(url) {
  const { bbox } = await (await fetch(`${url}/api/city?lang=es`)).json();
  const [x, y] = [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2].map((one) => Number(one.toFixed(4)));
  const polygon = (ring) => ({ type: 'Polygon', coordinates: [[...ring, ring[0]]] });
  return { tie: polygon([[x, y], [x + 0.01, y + 0.01], [x + 0.01, y], [x, y + 0.01]]), square: polygon([[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01]]) };
}
/** A file as somebody chooses it. */
export const file = (name, json) => ({ name, mimeType: 'application/geo+json', buffer: Buffer.from(typeof json === 'string' ? json : JSON.stringify(json)) });

/** Five steps, with a fault on the way, a reload in the middle, and a look at what the server made. */
async function aProject(alicia, home, areas) {
  await alicia.goto(`${home}/projects/new`);
  const input = alicia.getByLabel('Archivo con el área');
  await input.setInputFiles(file('notas.geojson', 'esto no es GeoJSON'));
  await alicia.getByText('No se puede leer como GeoJSON').waitFor();
  await input.setInputFiles(file('moño.geojson', areas.tie));
  await alicia.getByText(/El borde se cruza consigo mismo/).waitFor();
  await alicia.getByRole('button', { name: 'Siguiente: Tareas' }).click();
  await alicia.getByRole('alert').filter({ hasText: 'El área tiene fallas' }).waitFor();
  await accessible(alicia, 'a faulty area');
  await shot(alicia, 'area-faulty');
  await input.setInputFiles(file('cuadra.geojson', areas.square));
  await alicia.getByText('0 fallas').or(alicia.getByText(/El borde se cruza/)).waitFor({ state: 'detached' });
  await accessible(alicia, 'an area');
  await shot(alicia, 'area');
  await alicia.getByRole('button', { name: 'Siguiente: Tareas' }).click();

  const count = alicia.getByTestId('task-count');
  await count.waitFor();
  const suggested = Number(/\d+/.exec(await count.innerText())[0]);
  await alicia.getByLabel('Tamaño de los cuadros').press('ArrowLeft');
  await alicia.waitForFunction((before) => Number(/\d+/.exec(document.querySelector('[data-testid=task-count]').textContent)[0]) < before, suggested);
  const fewer = Number(/\d+/.exec(await count.innerText())[0]);
  await alicia.getByLabel('Números de tareas, con comas').fill('1');
  await alicia.getByRole('button', { name: 'Elegir' }).click();
  await alicia.getByRole('button', { name: 'Partir en cuatro' }).click();
  await alicia.waitForFunction((before) => Number(/\d+/.exec(document.querySelector('[data-testid=task-count]').textContent)[0]) > before, fewer);
  const tasks = Number(/\d+/.exec(await count.innerText())[0]);
  await accessible(alicia, 'tasks');
  await shot(alicia, 'tasks');

  // a closed tab loses nothing
  await alicia.waitForTimeout(600);
  await alicia.reload();
  await alicia.getByText('Sigue el proyecto que empezó').waitFor();
  assert.equal(Number(/\d+/.exec(await count.innerText())[0]), tasks);
  await alicia.getByRole('button', { name: 'Siguiente: Qué' }).click();
  await alicia.getByRole('button', { name: 'Siguiente: Quiénes' }).click();
  await alicia.getByRole('alert').filter({ hasText: 'Falta el nombre' }).waitFor();
  await alicia.getByLabel('Nombre', { exact: true }).fill('Barrancas de Villa Tequio');
  await alicia.getByLabel('En breve').fill('Para saber qué casas están junto al agua.');
  await alicia.getByLabel('Instrucciones', { exact: true }).fill('# Qué dibujar\n- cada **casa**\n- cada barranca');
  await alicia.getByRole('button', { name: 'Vista previa' }).click();
  await alicia.locator('.markdown strong').filter({ hasText: 'casa' }).waitFor();
  await alicia.getByLabel('Edificios').or(alicia.getByLabel('Construcciones')).or(alicia.getByRole('checkbox').nth(1)).first().check();
  await accessible(alicia, 'what');
  await shot(alicia, 'what');
  await alicia.getByRole('button', { name: 'Siguiente: Quiénes' }).click();

  const organisation = alicia.getByLabel('Organización');
  await organisation.locator('option').nth(1).waitFor({ state: 'attached' });
  await organisation.selectOption({ index: 1 });
  await alicia.getByLabel('Equipo', { exact: true }).selectOption({ label: 'Vecinos de la barranca' });
  await alicia.getByRole('button', { name: 'Agregar el equipo' }).click();
  await accessible(alicia, 'who');
  await shot(alicia, 'who');
  await alicia.getByRole('button', { name: 'Siguiente: Revisión' }).click();
  await accessible(alicia, 'review');
  await shot(alicia, 'review');
  await alicia.getByRole('button', { name: 'Publicar' }).click();
  await alicia.waitForURL(/\/projects\/\d+$/);
  const id = /\d+$/.exec(new URL(alicia.url()).pathname)[0];
  const { body: made } = await call(alicia, 'GET', `/api/v2/projects/${id}/`);
  assert.equal(made.status, 'PUBLISHED');
  assert.equal(made.totalTasks, tasks);
  assert.equal(made.projectInfo.name, 'Barrancas de Villa Tequio');
  assert.equal(made.teams[0].teamName, 'Vecinos de la barranca');
  await alicia.goto(`${home}/projects/${id}/dashboard`);
  await alicia.getByText('aún no se revisa ninguna').waitFor();
  await alicia.getByText('Nadie por ahora').waitFor();
  await accessible(alicia, 'dashboard');
  await shot(alicia, 'dashboard');
  await alicia.goto(`${home}/projects/${id}/settings?part=run`);
  await alicia.getByRole('button', { name: 'Archivarlo' }).click();
  await confirmed(alicia);
  await alicia.locator('.toast').getByRole('button', { name: 'Deshacer' }).click();
  await alicia.waitForFunction(async (id) => (await (await fetch(`/api/v2/projects/${id}/queries/summary/`)).json()).status === 'PUBLISHED', id, { polling: 200 });
  await accessible(alicia, 'settings');
  await shot(alicia, 'settings');
}

/** @param admin who administers the city; @param city its folder, where letters lie */
export async function beforeAMapathon(browser, home, admin, city) {
  mkdirSync(SHOTS, { recursive: true });
  const alicia = await browser.newPage({ width: 1440, height: 900 });
  await signIn(alicia, home, admin.email, admin.phrase, '/account');
  await alicia.goto(`${home}/teams`);
  await alicia.getByRole('button', { name: 'Equipo nuevo' }).click();
  await alicia.locator('dialog[open]').getByLabel('Nombre').fill('Vecinos de la barranca');
  await accessible(alicia, 'a new team');
  await alicia.getByRole('button', { name: 'Hacer el equipo' }).click();
  await alicia.waitForURL(/\/teams\/\d+$/);
  const team = new URL(alicia.url()).pathname;
  await aProject(alicia, home, await areas(home));

  await invited(alicia, home, city, BRUNO);
  const bruno = await browser.newPage({ width: 360, height: 740 });
  await signIn(bruno, home, BRUNO.email, BRUNO.phrase, '/teams');
  await accessible(bruno, 'teams on a phone');
  await bruno.getByRole('link', { name: 'Vecinos de la barranca' }).click();
  await bruno.getByRole('button', { name: 'Pedir entrar' }).click();
  await bruno.getByRole('button', { name: 'Retirar la solicitud' }).waitFor();
  await accessible(bruno, 'a team on a phone');
  await shot(bruno, 'team-asked-phone');
  await alicia.goto(home + team);
  await alicia.getByRole('button', { name: `Aceptar: ${BRUNO.name}` }).click();
  await alicia.getByRole('button', { name: `Que también lo lleve: ${BRUNO.name}` }).waitFor();
  await invited(alicia, home, city, CLARA);
  await alicia.getByLabel('Nombre o correo').fill('ib');
  await alicia.getByRole('button', { name: 'Buscar' }).click();
  await alicia.getByText('Escriba al menos tres letras').waitFor();
  await alicia.getByLabel('Nombre o correo').fill('ibanez');
  await alicia.getByRole('button', { name: 'Buscar' }).click();
  await alicia.getByRole('button', { name: `Dar entrada: ${CLARA.name}` }).waitFor();
  await accessible(alicia, 'a team');
  await shot(alicia, 'team');
  await alicia.getByRole('button', { name: `Dar entrada: ${CLARA.name}` }).click();
  await alicia.getByRole('button', { name: `Que también lo lleve: ${CLARA.name}` }).waitFor();
  await bruno.reload();
  await bruno.getByText('Está en este equipo').waitFor();
  await bruno.goto(`${home}/contributions`);
  await bruno.getByText('Aún no ha mapeado').waitFor();
  await accessible(bruno, 'contributions on a phone');
  await shot(bruno, 'contributions-phone');
  assert.equal(await bruno.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  assert.deepEqual(alicia.faults, []);
  assert.deepEqual(bruno.faults, []);
}
