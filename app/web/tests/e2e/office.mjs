// An office at work, in a city where Alicia administers, works for the borough and for the waterworks, and Bruno has an account.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { accessible, touchable } from '../journeys.mjs';
import { BASIS, call, confirmed, JPEG } from './people.mjs';

const SHOTS = fileURLToPath(new URL('../../test-results/screenshots/office/', import.meta.url));
const shot = (page, name) => page.screenshot({ path: `${SHOTS}${name}.png` });
const AWNING = `id: em.toldo
name: {es: "Permiso para un toldo", pt: "Alvará de toldo", en: "Awning permit"}
description: {es: "Para poner un toldo sobre la banqueta.", pt: "Para pôr um toldo sobre a calçada.", en: "To put an awning over the sidewalk."}
kind: licence
handling: judged
who: business
office: alcaldia
inputs: [place, floor_area]
documents: []
rules: [in_borough]
fee: {free: true, basis: ${BASIS}}
deadline: {amount: 10, unit: business-days, from: filing, basis: ${BASIS}}
prevention: {times: 1, amount: 5, unit: business-days, basis: ${BASIS}}
silence: {effect: negative, basis: ${BASIS}}
steps: [receive, decide]
result: {name: {es: "Permiso", pt: "Alvará", en: "Permit"}, template: permit, validity: P2Y, basis: ${BASIS}}
sources: ["Bando de Villa Tequio"]
examples:
  - {name: "in the borough", town: town, inputs: {place: [205, 295], floor_area: 8}, answers: {in_borough: applies}, outcome: possible}
`;
const ids = ['un-toldo', 'otro-toldo', 'el-tercer-toldo'].map((one) => `${one}-${Date.now().toString(36)}`);

/** Bruno files three awnings, by his own calls. */
async function filed(alicia, bruno, place) {
  const { tag } = (await call(alicia, 'GET', '/api/packs/villa')).body;
  assert.equal((await call(alicia, 'PUT', '/api/packs/villa', { tag, files: { 'procedures/em.toldo.yaml': AWNING } })).status, 200);
  for (const [i, id] of ids.entries()) {
    const draft = await call(bruno, 'PUT', `/api/cases/${id}`, { procedure: 'em.toldo', version: 0, inputs: { place, floor_area: 8 + i + (Date.now() % 1000) / 1000 } });
    assert.equal(draft.status, 200, JSON.stringify(draft.body));
    const done = await call(bruno, 'POST', `/api/cases/${id}/file`, { version: draft.body.version });
    assert.equal(done.status, 200, JSON.stringify(done.body));
  }
}

/** A text of the office, and a colleague's absence. */
async function textsAndAbsences(alicia, home, gloria) {
  await alicia.goto(`${home}/staff/texts?office=alcaldia`);
  await alicia.locator('tbody').getByText('Viene con el paquete de la ciudad').first().waitFor();
  await alicia.getByRole('button', { name: 'Texto nuevo' }).click();
  await alicia.getByRole('textbox', { name: 'Título' }).fill('Falta el plano');
  await alicia.getByRole('textbox', { name: 'Español' }).fill('A {folio} le falta el plano con {medidas}.');
  await alicia.locator('dialog[open] footer .action').last().click();
  // a blank that nobody fills is refused, and what was written stays
  await alicia.locator('.toast.stop').waitFor();
  await alicia.getByRole('textbox', { name: 'Español' }).fill('Buen día, {applicant}: a {folio} le falta el plano. Hay {cure}.');
  await accessible(alicia, 'a text of the office');
  await shot(alicia, '01-text');
  await alicia.locator('dialog[open] footer .action').last().click();
  await alicia.locator('tbody').getByText('Falta el plano').waitFor();
  await accessible(alicia, 'texts of the office');

  await alicia.goto(`${home}/staff/absences?office=alcaldia`);
  await alicia.getByRole('button', { name: 'Anotar una ausencia' }).click();
  await alicia.getByLabel('Quién falta').selectOption({ label: gloria });
  await alicia.locator('dialog[open] footer .action').last().click();
  await alicia.getByText('Dos personas distintas').waitFor();
  await alicia.getByLabel('Quién suple').selectOption({ index: 1 });
  await accessible(alicia, 'an absence');
  await alicia.locator('dialog[open] footer .action').last().click();
  await alicia.getByText('ausente ahora').waitFor();
  await shot(alicia, '02-absences');
}

/** Three cases at once: taken, and asked to complete with the office's text, each with its own folio. */
async function severalAtOnce(alicia, bruno, home, gloria) {
  const given = (await call(alicia, 'GET', '/api/inbox-officers?office=alcaldia')).body.officers.find((one) => one.name === gloria);
  const { version } = (await call(alicia, 'GET', `/api/inbox/${ids[0]}`)).body;
  assert.equal((await call(alicia, 'POST', `/api/inbox/${ids[0]}/assign`, { version, officer: given.id })).status, 200);
  await alicia.goto(`${home}/staff/cases?office=alcaldia&see=new`);
  await alicia.locator('tbody tr').nth(1).waitFor();
  for (const box of await alicia.locator('tbody input[type=checkbox]').all()) await box.check();
  await alicia.getByRole('button', { name: 'Atenderlos' }).click();
  await confirmed(alicia);
  await alicia.locator('.toast.ok').waitFor();

  // the absent colleague's is among hers
  await alicia.goto(`${home}/staff/cases?office=alcaldia&see=mine`);
  await alicia.getByText(`Usted suple a ${gloria}`).waitFor();
  await alicia.locator('tbody tr').nth(2).waitFor();
  await accessible(alicia, 'mine and those of whom I stand in for');
  await shot(alicia, '03-mine');
  const folios = await Promise.all(ids.map(async (id) => (await call(bruno, 'GET', `/api/cases/${id}`)).body.folio));
  for (const folio of folios) await alicia.locator('tbody tr').filter({ hasText: folio }).locator('input[type=checkbox]').check();
  await alicia.getByRole('button', { name: 'Pedir que completen' }).click();
  await alicia.getByLabel('Empezar con un texto').selectOption({ label: 'Falta el plano' });
  await accessible(alicia, 'several are asked to complete');
  await shot(alicia, '04-several');
  await confirmed(alicia);
  await alicia.locator('.toast.ok').waitFor();
  for (const id of ids) {
    const { asked, folio } = (await call(bruno, 'GET', `/api/cases/${id}`)).body;
    assert.match(asked, new RegExp(`^Buen día, Bruno Salas: a ${folio} le falta el plano. Hay 5 días hábiles\\.$`));
  }
  const steps = (await call(bruno, 'GET', `/api/cases/${ids[0]}/history`)).body.items;
  assert.equal(steps.find((one) => one.verb === 'prevent').behalf, given.id);
}

/** An opinion of the waterworks, a visit with a photo and where it was, and a note that Bruno never sees. */
async function opinionAndVisit(alicia, bruno, home, [lon, lat]) {
  const id = ids[1];
  const { version } = (await call(bruno, 'GET', `/api/cases/${id}`)).body;
  assert.equal((await call(bruno, 'POST', `/api/cases/${id}/answer`, { version, inputs: { place: { type: 'Point', coordinates: [lon, lat] }, floor_area: 9 } })).status, 200);
  await alicia.context().grantPermissions(['geolocation']);
  await alicia.context().setGeolocation({ longitude: lon, latitude: lat });
  await alicia.goto(`${home}/staff/cases/${id}`);
  await alicia.getByRole('heading', { name: 'Historia' }).waitFor();
  await alicia.keyboard.press('o');
  await alicia.getByLabel('Qué oficina').selectOption('agua');
  await alicia.locator('dialog[open] textarea').fill('¿El toldo tapa alguna coladera?');
  await confirmed(alicia);
  await alicia.getByRole('heading', { name: 'Opiniones' }).waitFor();
  await alicia.getByRole('button', { name: 'Dar la opinión' }).click();
  await alicia.locator('dialog[open] blockquote').waitFor();
  await alicia.locator('dialog[open] footer .action:not(.quiet)').click();
  await alicia.locator('dialog[open] [role=alert]').first().waitFor();
  await alicia.locator('dialog[open] input[value=no]').check();
  await alicia.locator('dialog[open] textarea').fill('Tapa la coladera de la esquina.');
  await accessible(alicia, 'an opinion');
  await confirmed(alicia);
  await alicia.getByText('Tapa la coladera de la esquina.').waitFor();

  await alicia.keyboard.press('v');
  await alicia.locator('dialog[open] textarea').fill('Se midió: sobresale 1.2 m.');
  await alicia.getByRole('button', { name: 'Anotar dónde' }).click();
  await alicia.getByText('Anotado:').waitFor();
  await alicia.locator('dialog[open] [data-testid=picker]').setInputFiles({ name: 'toldo.jpg', mimeType: 'image/jpeg', buffer: JPEG });
  await alicia.locator('dialog[open]').getByRole('link', { name: 'toldo.jpg' }).waitFor();
  await accessible(alicia, 'a visit');
  await shot(alicia, '05-visit');
  await confirmed(alicia);
  await alicia.getByRole('heading', { name: 'Visitas' }).waitFor();
  const visit = (await call(alicia, 'GET', `/api/inbox/${id}`)).body.visits[0];
  assert.deepEqual([visit.photos, visit.longitude.toFixed(4), visit.latitude.toFixed(4)], [[1], lon.toFixed(4), lat.toFixed(4)]);
  assert.equal((await call(alicia, 'GET', `/api/inbox/${id}/attachments/1`)).status, 200);

  await alicia.keyboard.press('n');
  await alicia.locator('dialog[open] textarea').fill('El vecino del 14 ya se quejó antes.');
  await confirmed(alicia);
  await alicia.getByText('El vecino del 14').waitFor();
  await accessible(alicia, 'a case with an opinion, a visit and a note');
  await shot(alicia, '06-case');
  assert.doesNotMatch(JSON.stringify((await call(bruno, 'GET', `/api/cases/${id}/history`)).body), /vecino/);

  await alicia.keyboard.press('d');
  await alicia.getByLabel('Negar').check();
  await alicia.locator('dialog[open] textarea').fill('Tapa una coladera.');
  await confirmed(alicia);
  await alicia.getByTestId('appeal').waitFor();
  await bruno.goto(`${home}/cases/${id}`);
  await bruno.getByTestId('appeal').filter({ hasText: '15 días hábiles' }).waitFor();
  await accessible(bruno, 'refused, and what can be done against it');
  await bruno.getByTestId('appeal').scrollIntoViewIfNeeded();
  await shot(bruno, '07-refused');
}

/** Bruno writes the same draft on his phone and on his laptop. */
async function twoDevices(browser, bruno, home, [lon, lat]) {
  const answers = async (page, area) => {
    await page.goto(`${home}/procedures/em-toldo#at=${lon},${lat}&map=17/${lat}/${lon}`);
    await page.getByRole('button', { name: 'Empezar' }).click();
    await page.getByRole('button', { name: 'Siguiente' }).click();
    await page.locator('#procedure-answer').fill(area);
    await page.getByRole('button', { name: 'Ver la respuesta' }).click();
    await page.getByRole('button', { name: 'Presentarlo' }).click();
  };
  await answers(bruno, '11');
  await bruno.getByRole('heading', { name: 'Revisar y presentar' }).waitFor();
  const draft = (await call(bruno, 'GET', '/api/cases?limit=200')).body.items.find((one) => one.state === 'draft' && one.procedure === 'em.toldo');

  // the laptop finds it in the account and goes on with it
  const laptop = await browser.newPage({ width: 1440, height: 900 });
  await laptop.context().addCookies(await bruno.context().cookies());
  await laptop.goto(`${home}/cases/${draft.id}`);
  await laptop.getByRole('button', { name: 'Seguir' }).click();
  const kept = async (area) => {
    await laptop.waitForURL(/procedures\/em-toldo/);
    return (await call(laptop, 'PUT', `/api/cases/${draft.id}`, { procedure: 'em.toldo', version: (await call(laptop, 'GET', `/api/cases/${draft.id}`)).body.version, inputs: { ...draft.inputs, floor_area: area } })).status;
  };

  // the laptop saves while the phone is out of reach, and then the phone is back with other answers
  assert.equal(await kept(12), 200);
  await answers(bruno, '13');
  await bruno.getByRole('button', { name: /de este aparato/ }).waitFor();
  await accessible(bruno, 'the draft was saved elsewhere');
  await shot(bruno, '08-two-devices');
  assert.equal((await call(bruno, 'GET', `/api/cases/${draft.id}`)).body.inputs.floor_area, 12, 'nothing is written over unasked');
  await bruno.getByRole('button', { name: /de este aparato/ }).click();
  await bruno.getByRole('heading', { name: 'Revisar y presentar' }).waitFor();
  const after = (await call(bruno, 'GET', `/api/cases/${draft.id}`)).body;
  assert.equal(after.inputs.floor_area, 13);
  await laptop.context().close();
}

/** How punctual offices are, for whoever asks. */
async function punctual(browser, home) {
  const carla = await browser.newPage({ width: 360, height: 740 });
  await carla.goto(`${home}/statistics`);
  await carla.getByRole('heading', { name: '¿Responde a tiempo la ciudad?' }).waitFor();
  await carla.getByText('muy pocos para decirlo').first().waitFor();
  await carla.locator('.handle').click();
  await accessible(carla, 'how punctual offices are');
  await shot(carla, '09-statistics');
  const csv = await (await fetch(`${home}${await carla.getByRole('link', { name: 'CSV' }).getAttribute('href')}`)).text();
  assert.match(csv, /^office,procedure,month/);
  assert.deepEqual(carla.faults, []);
  await carla.context().close();
}

/** What is archived and erased one day, by which rule; a rule that nobody confirmed says so and does nothing. */
async function keeping(alicia, home) {
  await alicia.goto(`${home}/staff/keeping?office=alcaldia`);
  await alicia.getByText('Nada toca hasta entonces').waitFor();
  await accessible(alicia, 'nothing is to be archived yet');
  await alicia.getByLabel('Hasta').fill('2040-01-01');
  await alicia.waitForURL(/until=2040-01-01/);
  const rows = alicia.locator('tbody tr');
  await rows.filter({ hasText: 'por confirmar' }).first().waitFor();
  // whose a case was stands nowhere in it
  assert.doesNotMatch(await alicia.locator('main').innerText(), /Bruno/);
  await touchable(alicia, 'what would be archived');
  await accessible(alicia, 'what would be archived');
  await shot(alicia, '10-keeping');
}

/** The desk as it looks on a phone, in the dark and in Portuguese: nothing that cannot be read, touched or is cut off. */
async function onAPhone(browser, alicia, home) {
  const phone = await browser.newPage({ width: 360, height: 740, dark: true, locale: 'pt-BR' });
  await phone.context().addCookies(await alicia.context().cookies());
  await phone.addInitScript(() => localStorage.setItem('tequio.lang', 'pt'));
  const pages = {
    cases: ['/staff/cases?office=alcaldia', 'tbody tr'],
    case: [`/staff/cases/${ids[1]}`, 'h2'],
    texts: ['/staff/texts?office=alcaldia', 'tbody tr'],
    absences: ['/staff/absences?office=alcaldia', 'tbody tr'],
    keeping: ['/staff/keeping?office=alcaldia&until=2040-01-01', 'tbody tr'],
    packs: ['/staff/packs', 'tbody tr'],
    pack: ['/staff/packs/villa?file=procedures/em.toldo.yaml', '.source textarea'],
    // the pack is read beside the map: a button that is just becoming usable is half faded
    'what-if': ['/staff/packs/villa?see=whatif', 'main:has(button[type=submit]:not(:disabled)) .maplibregl-canvas'],
  };
  for (const [name, [path, there]] of Object.entries(pages)) {
    await phone.goto(`${home}${path}`);
    await phone.locator(there).first().waitFor();
    await accessible(phone, `${name} on a phone`);
    await touchable(phone, `${name} on a phone`);
    assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is not wider than the phone`);
    await shot(phone, `11-phone-${name}`);
  }
  assert.deepEqual(phone.faults, []);
  await phone.context().close();
}

/** Everything of it. */
export async function theOfficeAtWork(browser, alicia, bruno, home, place) {
  const gloria = 'Gloria Ríos';
  const { account } = await call(alicia, 'GET', '/api/session');
  const roles = [{ role: 'gis-admin', organisation: null }, { role: 'officer', organisation: 'alcaldia' }, { role: 'officer', organisation: 'agua' }];
  assert.equal((await call(alicia, 'PUT', `/api/people/${account.id}/roles`, { roles })).status, 200);
  const { officers } = (await call(alicia, 'GET', '/api/inbox-officers?office=alcaldia')).body;
  const invited = officers.some((one) => one.name === gloria) ? { status: 200 } : await call(alicia, 'POST', '/api/people', { name: gloria, email: 'gloria@alcaldia.example', language: 'es', roles: [{ role: 'officer', organisation: 'alcaldia' }] });
  assert.ok(invited.status < 300, JSON.stringify(invited.body));
  await filed(alicia, bruno, { type: 'Point', coordinates: place });
  await textsAndAbsences(alicia, home, gloria);
  await severalAtOnce(alicia, bruno, home, gloria);
  await opinionAndVisit(alicia, bruno, home, place);
  await twoDevices(browser, bruno, home, place);
  await keeping(alicia, home);
  await onAPhone(browser, alicia, home);
  await punctual(browser, home);
}
