// What people file and what becomes of it, over a running city whose administrator has an account: Bruno files from his phone, Alicia decides at her desk.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { settled } from '../chromium.mjs';
import { accessible } from '../journeys.mjs';
import { aSubdivision, aTree } from './decided-on-the-map.mjs';
import { theOfficeAtWork } from './office.mjs';
import { BASIS, call, confirmed, mailedLink, signIn } from './people.mjs';
import { aPothole } from './pothole.mjs';
import { aZoneThatWasDrawn } from './what-if.mjs';

const SHOTS = fileURLToPath(new URL('../../test-results/screenshots/cases/', import.meta.url));
const PHRASE = 'un pan dulce para Bruno cada mañana';

async function spot(url) {
  const { layers } = await (await fetch(`${url}/api/layers?lang=es`)).json();
  const { features } = await (await fetch(`${url}/ogc/collections/${layers.find((one) => one.standard === 'cat.predio').id}/items?f=json&limit=40`)).json();
  const ring = features.at(-1).geometry.coordinates.flat(features.at(-1).geometry.type === 'MultiPolygon' ? 2 : 1);
  return [0, 1].map((axis) => ring.reduce((sum, point) => sum + point[axis], 0) / ring.length);
}

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
const BAKERY = `id: em.pan
name: {es: "Permiso para una panadería", pt: "Alvará de padaria", en: "Bakery permit"}
description: {es: "Para abrir una panadería en la villa.", pt: "Para abrir uma padaria na vila.", en: "To open a bakery in the town."}
kind: licence
handling: judged
who: business
office: alcaldia
inputs: [place, floor_area, capacity]
documents: [zoning_proof]
rules: [in_borough]
fee: {formula: "150.5 + floor_area", currency: MXN, basis: ${BASIS}}
deadline: {amount: 10, unit: business-days, from: filing, basis: ${BASIS}}
prevention: {times: 1, amount: 5, unit: business-days, basis: ${BASIS}}
silence: {effect: negative, basis: ${BASIS}}
steps: [receive, decide]
result: {name: {es: "Permiso", pt: "Alvará", en: "Permit"}, template: permit, validity: P2Y, basis: ${BASIS}}
sources: ["Bando de Villa Tequio"]
examples:
  - {name: "in the borough", town: town, inputs: {place: [205, 295], floor_area: 80, capacity: 20}, answers: {in_borough: applies}, outcome: possible}
`;
const shot = (page, name) => page.screenshot({ path: `${SHOTS}${name}.png` });

/** Alicia writes the procedure first: a pack of the city's own over that of the country. */
async function aProcedure(alicia, home) {
  await alicia.goto(`${home}/staff/packs`);
  await alicia.getByRole('link', { name: 'mx' }).waitFor();
  await accessible(alicia, 'packs');
  await alicia.getByRole('button', { name: 'Empezar un paquete propio' }).click();
  await alicia.getByLabel('Nombre corto').fill('villa');
  await alicia.getByLabel('Encima de').selectOption('mx');
  await alicia.locator('dialog[open] footer .action:not(.quiet)').click();
  await alicia.waitForURL(/packs\/villa$/);
  await alicia.getByRole('button', { name: 'Archivo nuevo' }).click();
  await alicia.getByLabel('Como procedures/em.pan.yaml').fill('../em.pan.yaml');
  await alicia.locator('.files form').getByRole('button', { name: 'Archivo nuevo' }).click();
  await alicia.getByText('que todavía no esté').waitFor();
  await alicia.getByLabel('Como procedures/em.pan.yaml').fill('procedures/em.pan.yaml');
  await alicia.locator('.files form').getByRole('button', { name: 'Archivo nuevo' }).click();
  await alicia.locator('.source textarea').fill(BAKERY.replace('office: alcaldia', 'office: alcaldya'));
  await alicia.getByRole('button', { name: 'Comprobar' }).click();
  await alicia.locator('.shown .place').first().waitFor();
  await accessible(alicia, 'a pack that cannot be used');
  await shot(alicia, '01-pack-refused');
  await alicia.getByRole('button', { name: 'Guardar' }).click();
  await alicia.locator('.toast.stop').waitFor();
  await alicia.locator('.source textarea').fill(BAKERY);
  await alicia.getByRole('button', { name: 'Comprobar' }).click();
  await alicia.getByRole('button', { name: 'Como se lee' }).click();
  await alicia.getByRole('heading', { name: 'Permiso para una panadería' }).waitFor();
  await accessible(alicia, 'a pack and how it reads');
  await shot(alicia, '02-pack');
  await alicia.getByRole('button', { name: 'Guardar' }).click();
  await alicia.locator('.toast.ok').waitFor();
  await alicia.goto(`${home}/staff/packs/mx`);
  await alicia.getByText('viene con el programa').waitFor();
  assert.equal(await alicia.getByRole('button', { name: 'Guardar' }).count(), 0);
}

/**
 * A bakery: its procedure is written, asked, filed, paid, asked to be completed, completed and granted.
 *
 * @param t the test that it is; longer walks are parts of it
 * @param {{email: string, phrase: string}} admin who administers the city
 * @param {string} city its folder, where letters lie
 */
export async function aBakery(t, browser, home, admin, city) {
  mkdirSync(SHOTS, { recursive: true });
  const [lon, lat] = await spot(home);
  const alicia = await browser.newPage({ width: 1440, height: 900 });
  await signIn(alicia, home, admin.email, admin.phrase, '/account');
  const { account } = await call(alicia, 'GET', '/api/session');
  await call(alicia, 'POST', '/api/organisations', { kind: 'department', name: 'Alcaldía' });
  const roles = [{ role: 'gis-admin', organisation: null }, { role: 'officer', organisation: 'alcaldia' }];
  assert.equal((await call(alicia, 'PUT', `/api/people/${account.id}/roles`, { roles })).status, 200);
  await aProcedure(alicia, home);

  // Bruno asks first, and signs up when he is asked to, without losing an answer
  const bruno = await browser.newPage({ width: 360, height: 740 });
  await bruno.goto(`${home}/procedures/em-pan#at=${lon},${lat}&map=17/${lat}/${lon}`);
  await bruno.getByRole('button', { name: 'Empezar' }).click();
  await bruno.getByText('Pregunta 1 de 3').waitFor();
  await bruno.getByRole('button', { name: 'Siguiente' }).click();
  await bruno.getByText('Pregunta 2 de 3').waitFor();
  await bruno.locator('#procedure-answer').fill('80');
  await bruno.getByRole('button', { name: 'Siguiente' }).click();
  await bruno.getByText('Pregunta 3 de 3').waitFor();
  await bruno.locator('#procedure-answer').fill('20');
  await bruno.getByRole('button', { name: 'Ver la respuesta' }).click();
  await bruno.getByRole('button', { name: 'Presentarlo' }).click();
  await bruno.getByRole('heading', { name: 'Desde aquí hace falta una cuenta' }).waitFor();
  await accessible(bruno, 'an account is needed');
  await shot(bruno, '03-account-needed');
  await bruno.getByRole('link', { name: 'Crear una cuenta' }).click();
  await bruno.fill('input[autocomplete=name]', 'Bruno Salas');
  await bruno.fill('input[type=email]', 'bruno@panaderia.example');
  await bruno.fill('input[autocomplete=new-password]', PHRASE);
  await bruno.click('button[type=submit]');
  await bruno.getByText('bruno@panaderia.example').waitFor();
  const confirm = await mailedLink(city, 'confirm', 'bruno@panaderia.example');
  await bruno.goto(home + confirm.slice(confirm.indexOf('/confirm')));
  await bruno.getByRole('link', { name: 'Entrar' }).click();
  await bruno.fill('input[type=email]', 'bruno@panaderia.example');
  await bruno.fill('input[type=password]', PHRASE);
  await bruno.click('button[type=submit]');
  // back where he was, with everything he had said
  await bruno.waitForURL((url) => url.pathname === '/procedures/em-pan/papers');
  await bruno.getByRole('heading', { name: 'Documentos' }).waitFor();
  await bruno.setInputFiles('[data-testid=picker]', { name: 'uso de suelo.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no es un PDF') });
  await bruno.locator('.upload [role=alert]').waitFor();
  await bruno.locator('.upload').getByRole('button', { name: 'Quitar' }).click();
  await bruno.setInputFiles('[data-testid=picker]', { name: 'uso de suelo.pdf', mimeType: 'application/pdf', buffer: PDF });
  await bruno.getByRole('link', { name: 'uso de suelo.pdf' }).waitFor();
  await bruno.locator('.handle').click();
  await accessible(bruno, 'documents');
  await shot(bruno, '04-documents');
  await bruno.getByRole('button', { name: 'Seguir', exact: true }).click();
  await bruno.getByRole('heading', { name: 'Revisar y presentar' }).waitFor();
  await bruno.getByText('230.50 MXN').waitFor();
  await shot(bruno, '05-check');
  await bruno.getByRole('button', { name: 'Seguir al pago' }).click();
  await bruno.getByRole('alert').filter({ hasText: 'Antes hay que declarar' }).waitFor();
  await accessible(bruno, 'check');
  await bruno.getByText('Declaro que esto es verdad').click();
  await bruno.getByRole('button', { name: 'Seguir al pago' }).click();
  await bruno.waitForURL((url) => url.pathname.startsWith('/cases/'));
  await bruno.getByRole('heading', { name: 'Por pagar' }).waitFor();
  await accessible(bruno, 'to be paid');
  await shot(bruno, '06-pay');
  await bruno.getByRole('button', { name: 'Pagar ahora' }).click();
  await bruno.getByText('Quedó presentado.').waitFor();
  await accessible(bruno, 'filed');
  await shot(bruno, '07-filed');
  const id = new URL(bruno.url()).pathname.split('/')[2];

  // Alicia takes it by keyboard and asks for what is missing
  await alicia.goto(`${home}/staff/cases`);
  await alicia.locator('tbody tr').first().waitFor();
  await accessible(alicia, 'inbox of the office');
  await shot(alicia, '08-inbox');
  await alicia.keyboard.press('j');
  await alicia.keyboard.press('Enter');
  await alicia.waitForURL(new RegExp(`/staff/cases/${id}$`));
  await alicia.getByRole('heading', { name: 'Historia' }).waitFor();
  await settled(alicia);
  await accessible(alicia, 'case at the desk');
  await shot(alicia, '09-case');
  await alicia.keyboard.press('t');
  await confirmed(alicia);
  await alicia.keyboard.press('p');
  await alicia.locator('dialog[open] footer .action:not(.quiet)').click();
  await alicia.getByText('Hace falta el texto').waitFor();
  await accessible(alicia, 'a text is missing');
  await alicia.locator('dialog[open] textarea').fill('Con el horno nuevo caben menos personas: ¿cuántas?');
  await shot(alicia, '10-prevention');
  await confirmed(alicia);

  await bruno.goto(`${home}/cases`);
  await bruno.getByText('Hay algo por hacer').waitFor();
  await accessible(bruno, 'my procedures');
  await shot(bruno, '11-mine');
  await bruno.getByRole('link', { name: /Permiso para una panadería/ }).click();
  await bruno.getByText('¿cuántas?').first().waitFor();
  await accessible(bruno, 'to be completed');
  await shot(bruno, '12-to-be-completed');
  await bruno.getByRole('button', { name: /^Cambiar: ¿Cuántas personas/ }).click();
  await bruno.locator('#procedure-answer').fill('12');
  await bruno.getByRole('button', { name: 'Conservar' }).click();
  await bruno.getByText('cambiado', { exact: true }).waitFor();
  await bruno.getByRole('button', { name: 'Enviar lo que se pidió' }).click();
  await bruno.locator('.mark').filter({ hasText: 'En revisión' }).waitFor();

  await alicia.reload();
  await alicia.getByText('En revisión').first().waitFor();
  assert.match(await alicia.locator('dl').first().innerText(), /12/);
  await alicia.keyboard.press('d');
  await alicia.getByLabel('Conceder').check();
  await alicia.locator('dialog[open] textarea').fill('Cumple con el bando. El horno lleva extractor.');
  await accessible(alicia, 'decision');
  await shot(alicia, '13-decision');
  await confirmed(alicia);
  await alicia.getByText('Concedido').first().waitFor();
  await bruno.goto(`${home}/cases/${id}`);
  await bruno.getByText('El horno lleva extractor').first().waitFor();
  await accessible(bruno, 'granted');
  await shot(bruno, '14-granted');
  for (const [name, options] of [['15-case-dark-pt', { width: 360, height: 740, dark: true, locale: 'pt-BR' }], ['16-inbox-dark-en', { width: 820, height: 1180, dark: true, locale: 'en' }]]) {
    const page = await browser.newPage(options);
    await page.context().addCookies(await (name.includes('inbox') ? alicia : bruno).context().cookies());
    // whoever is signed in reads in the language of the account, unless the device says another
    await page.addInitScript((lang) => localStorage.setItem('tequio.lang', lang), options.locale.slice(0, 2));
    await page.goto(name.includes('inbox') ? `${home}/staff/cases?see=ended` : `${home}/cases/${id}`);
    await page.locator(name.includes('inbox') ? 'tbody tr' : 'ol li').first().waitFor();
    await accessible(page, name);
    await shot(page, name);
    await page.context().close();
  }
  // whoever is signed in asks the map like everybody else
  await bruno.goto(`${home}/procedures/q-riesgo#at=${lon},${lat}&map=17/${lat}/${lon}`);
  await bruno.getByRole('button', { name: 'Empezar' }).click();
  await bruno.getByRole('button', { name: 'Ver la respuesta' }).click();
  await bruno.locator('.rules li').first().waitFor();
  // the longer walks, or the ones that somebody asks for
  const longer = {
    subdivision: () => aSubdivision(alicia, bruno, home),
    tree: () => aTree(alicia, bruno, home),
    zone: () => aZoneThatWasDrawn(alicia, home),
    office: () => theOfficeAtWork(browser, alicia, bruno, home, [lon, lat]),
    pothole: () => aPothole(alicia, bruno, home, [lon, lat]),
  };
  const asked = process.env.TEQUIO_JOURNEYS?.split(',') ?? ['all'];
  for (const [name, walk] of Object.entries(longer).filter(([one]) => asked.includes('all') || asked.includes(one))) {
    await t.test(name, async () => {
      try {
        await walk();
      } catch (failure) {
        // what both saw when it went wrong
        await shot(alicia, `failed-${name}-alicia`);
        await shot(bruno, `failed-${name}-bruno`);
        throw failure;
      }
    });
  }

  // nobody else's file exists
  const carla = await browser.newPage();
  await carla.goto(`${home}/cases/${id}`);
  await carla.getByRole('link', { name: 'Entrar' }).waitFor();
  const expected = /40[49] |409|the server responded with a status of (404|409|400)/;
  assert.deepEqual([...alicia.faults, ...bruno.faults].filter((one) => !expected.test(one)), []);
  return { alicia, bruno };
}
