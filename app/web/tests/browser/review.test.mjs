// Handing in, looking at the differences, deciding, publishing, taking back: the steward's and the admin's day over the made-up city.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { after, before, beforeEach, describe, test } from 'node:test';
import { openBrowser, settled } from '../chromium.mjs';
import { start } from '../fixture-server/main.mjs';
import { accessible } from '../journeys.mjs';

const SHOTS = fileURLToPath(new URL('../../test-results/screenshots/staff/', import.meta.url));
const SIZES = { phone: { width: 360, height: 740 }, tablet: { width: 820, height: 1180 }, desk: { width: 1440, height: 900 } };
const LOCALES = { es: 'es-MX', pt: 'pt-BR', en: 'en-US' };
let server;
let browser;
before(async () => {
  mkdirSync(SHOTS, { recursive: true });
  server = await start();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});
// every test finds the city as it was
beforeEach(() => Object.assign(server.state, { staff: undefined, scenario: 'full', only: null, cut: null, uploadDelay: 0, jobLasts: 900 }));

const as = async (who, options = SIZES.desk) => {
  const page = await browser.newPage(options);
  await page.context().addCookies([{ name: 'tequio_session', value: who, url: server.url }]);
  return page;
};
const finished = async (page, allowed = /$^/) => {
  assert.deepEqual(page.faults.filter((fault) => !allowed.test(fault)), [], 'faults in the console');
  await page.context().close();
};
const shot = (page, name) => page.screenshot({ path: `${SHOTS}${name}.png` });
const says = (page, wanted, where = 'main') => page.waitForFunction(([selector, text]) => new RegExp(text).test(document.querySelector(selector)?.textContent ?? ''), [where, wanted]);
const told = (page, wanted) => says(page, wanted, '.toasts');
const submission = (id) => server.state.staff.memory.submissions.find((one) => one.id === id);
const bytes = (n, seed = 1) => Buffer.from(Uint8Array.from({ length: n }, (_, i) => (i * 7 + seed) & 255));

describe('the inbox', () => {
  test('hostile and endless titles stay text in their two lines', async () => {
    const page = await as('gabriela');
    await page.goto(`${server.url}/staff`);
    await page.waitForSelector('tbody tr');
    const tallest = await page.evaluate(() => Math.max(...[...document.querySelectorAll('tbody tr')].map((row) => row.offsetHeight)));
    assert.ok(tallest < 120, `a row is ${tallest} px`);
    assert.equal(await page.locator('tbody img, tbody script').count(), 0);
    await accessible(page, 'inbox');
    await shot(page, 'inbox-desk-light-es');
    await finished(page);
  });

  test('filters are in the address, survive a reload, and go back', async () => {
    const page = await as('gabriela');
    await page.goto(`${server.url}/staff`);
    await page.waitForSelector('tbody tr');
    await page.locator('.filters select').first().selectOption('rejected');
    await page.waitForFunction(() => location.search === '?state=rejected' && document.querySelectorAll('tbody tr').length === 1);
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
    await page.goBack();
    await page.waitForFunction(() => location.search === '' && document.querySelectorAll('tbody tr').length === 25);
    await finished(page);
  });

  test('a filter is kept under a name and used again', async () => {
    const page = await as('gabriela');
    await page.goto(`${server.url}/staff?state=in-review`);
    await page.getByRole('button', { name: 'Guardar este filtro' }).click();
    await page.locator('form .name input').fill('Por revisar hoy');
    await page.getByRole('button', { name: 'Guardar', exact: true }).click();
    await page.goto(`${server.url}/staff`);
    await page.getByRole('button', { name: 'Por revisar hoy', exact: true }).click();
    await page.waitForFunction(() => location.search === '?state=in-review');
    await finished(page);
  });

  test('is worked by keyboard: j, x, and the list is long', async () => {
    const page = await as('gabriela');
    await page.goto(`${server.url}/staff`);
    await page.waitForSelector('tbody tr');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.waitForSelector('.bulk');
    await page.keyboard.press('j');
    assert.match(await page.evaluate(() => document.activeElement?.getAttribute('href')), /submissions\/s2$/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/submissions\/s2/);
    await page.goBack();
    await page.waitForSelector('tbody tr');
    await page.keyboard.press('?');
    await page.waitForSelector('dialog[open] kbd');
    await accessible(page, 'keyboard help');
    await finished(page);
  });

  test('several are approved at once, and the whole is taken back with one press', async () => {
    const page = await as('gabriela');
    await page.goto(`${server.url}/staff?state=in-review&department=medio-ambiente`);
    await page.waitForSelector('tbody tr');
    for (const i of [0, 1, 2]) await page.locator('tbody input[type=checkbox]').nth(i).check();
    await page.locator('.bulk').getByRole('button', { name: 'Aprobar y publicar' }).click();
    await page.waitForSelector('dialog[open]');
    await accessible(page, 'bulk question');
    await page.locator('dialog[open] footer .action:not(.quiet)').click();
    await told(page, '3 envíos');
    assert.equal(server.state.staff.memory.revisions.filter((one) => one.number > 12).length, 3);
    await page.locator('.toast .act').click();
    await told(page, 'deshechas');
    assert.equal(server.state.staff.memory.revisions.filter((one) => /Deshace/.test(one.message)).length, 3);
    await finished(page);
  });

  test('is empty, broken, closed and slow in words', async () => {
    const page = await as('alicia');
    server.state.scenario = 'empty-inbox';
    await page.goto(`${server.url}/staff`);
    await page.waitForSelector('[data-testid=empty]');
    await accessible(page, 'empty inbox');
    await shot(page, 'inbox-empty-desk-light-es');
    for (const [scenario, word] of [['broken-staff', '7f3a'], ['forbidden', 'pregunte'], ['signed-out', 'Entrar'], ['too-often', '30 segundos']]) {
      Object.assign(server.state, { scenario, only: '^/api/submissions' });
      await page.reload();
      await says(page, word);
      await accessible(page, scenario);
    }
    server.state.scenario = 'slow-staff';
    await page.reload();
    await page.waitForSelector('[data-testid=skeleton]');
    await accessible(page, 'slow inbox');
    await finished(page, /50\d|40\d|429/);
  });

  test('without a connection what is open stays, and a press says what did not happen', async () => {
    const page = await as('gabriela');
    await page.goto(`${server.url}/staff/submissions/s1`);
    await page.waitForSelector('tbody tr');
    await page.context().setOffline(true);
    await page.waitForSelector('main .offline');
    await page.getByRole('button', { name: 'Aprobar y publicar' }).first().click();
    await page.locator('dialog[open] footer .action:not(.quiet)').click();
    await told(page, 'no se puede|alcanzar|conexión|contacto');
    assert.ok(await page.locator('dialog[open]').isVisible(), 'the question stays with its note');
    assert.equal(submission('s1').state, 'in-review');
    await page.context().setOffline(false);
    await finished(page, /ERR_INTERNET_DISCONNECTED|Failed to load/);
  });
});

describe('handing in', () => {
  test('a file goes up in pieces, is checked with its progress shown, and becomes a draft', async () => {
    const page = await as('alicia');
    await page.goto(`${server.url}/staff/new`);
    await page.waitForSelector('.drop');
    await accessible(page, 'new submission');
    await shot(page, 'new-desk-light-es');
    await page.setInputFiles('[data-testid=picker]', { name: 'predios_2026.zip', mimeType: 'application/zip', buffer: bytes(9_500_000) });
    await page.waitForSelector('[data-testid=upload][data-state=done]');
    assert.equal(server.state.staff.memory.uploads.u1.parts.length, 3);
    await accessible(page, 'uploaded');
    await page.getByLabel('Qué cambió').fill('Fusiones de octubre');
    await page.getByRole('button', { name: 'Revisar y comparar' }).click();
    await page.waitForURL(/submissions\/n\d+\?job=j\d+/);
    await page.waitForSelector('[data-testid=job]');
    await accessible(page, 'checking');
    await says(page, 'Borrador');
    await page.waitForSelector('tbody tr');
    await finished(page);
  });

  test('a connection that breaks half-way is survived byte by byte', async () => {
    const page = await as('alicia');
    server.state.cut = 4 * 1024 * 1024;
    await page.goto(`${server.url}/staff/new`);
    await page.waitForSelector('.drop');
    const whole = bytes(9_000_000, 3);
    await page.setInputFiles('[data-testid=picker]', { name: 'a.gpkg', mimeType: 'application/octet-stream', buffer: whole });
    await page.waitForSelector('[data-testid=upload][data-state=lost]');
    await accessible(page, 'lost connection');
    await shot(page, 'upload-lost-desk-light-es');
    server.state.cut = null;
    await page.waitForSelector('[data-testid=upload][data-state=done]');
    assert.ok(Buffer.concat(server.state.staff.memory.uploads.u1.parts).equals(whole));
    await finished(page, /ERR_EMPTY_RESPONSE|ERR_CONNECTION|Failed to load/);
  });

  test('an upload paused and left goes on after the page was closed, but only with the same file', async () => {
    const page = await as('alicia', SIZES.phone);
    server.state.uploadDelay = 250;
    await page.goto(`${server.url}/staff/new`);
    await page.waitForSelector('.drop');
    const whole = bytes(17_000_000, 5);
    const file = (buffer) => ({ name: 'calles.zip', mimeType: 'application/zip', buffer });
    await page.setInputFiles('[data-testid=picker]', file(whole));
    await page.waitForFunction(() => Number(document.querySelector('[data-testid=upload] progress')?.value) > 0.2);
    await page.getByRole('button', { name: 'Pausar' }).click();
    await page.waitForSelector('[data-testid=upload][data-state=paused]');
    await page.waitForTimeout(400);
    const before = server.state.staff.memory.uploads.u1.received;
    await page.reload();
    await page.waitForSelector('[data-testid=kept]');
    await accessible(page, 'unfinished upload');
    await shot(page, 'upload-kept-phone-light-es');
    const other = Buffer.from(whole);
    other[10] ^= 255;
    const choose = async (buffer) => {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.locator('[data-testid=kept] .action').first().click()]);
      await chooser.setFiles(file(buffer));
    };
    await choose(other);
    await says(page, 'no es el mismo archivo');
    server.state.uploadDelay = 0;
    await choose(whole);
    await page.waitForSelector('[data-testid=upload][data-state=done]');
    assert.ok(before > 0 && server.state.staff.memory.uploads.u1.parts.slice(0, Math.round(before / (4 * 1024 * 1024))).length > 0);
    assert.ok(Buffer.concat(server.state.staff.memory.uploads.u1.parts).equals(whole), 'no byte twice, none lost');
    await finished(page);
  });

  test("a Shapefile's parts are packed into one ZIP that others can open", async () => {
    const page = await as('alicia');
    await page.goto(`${server.url}/staff/new`);
    await page.waitForSelector('.drop');
    const parts = ['shp', 'dbf', 'shx', 'prj'].map((ext, i) => ({ name: `predios ñ.${ext}`, mimeType: 'application/octet-stream', buffer: bytes(1000 * (i + 1), i) }));
    await page.setInputFiles('[data-testid=picker]', parts);
    await page.waitForSelector('[data-testid=upload][data-state=done]');
    const { name, parts: sent } = server.state.staff.memory.uploads.u1;
    assert.equal(name, 'predios ñ.zip');
    const { execFileSync } = await import('node:child_process');
    const { mkdtempSync, readFileSync, rmSync, writeFileSync } = await import('node:fs');
    const folder = mkdtempSync('/tmp/tequio-zip-');
    writeFileSync(`${folder}/x.zip`, Buffer.concat(sent));
    execFileSync('python3', ['-c', `import zipfile; z = zipfile.ZipFile('${folder}/x.zip'); assert z.testzip() is None; z.extractall('${folder}')`]);
    for (const part of parts) assert.ok(readFileSync(`${folder}/${part.name}`).equals(part.buffer), part.name);
    rmSync(folder, { recursive: true });
    await finished(page);
  });

  test('what the server refuses is said beside what was written', async () => {
    const page = await as('alicia', { ...SIZES.phone, dark: true });
    await page.goto(`${server.url}/staff/new`);
    await page.getByLabel('Dirección web').check();
    const url = page.locator('input[inputmode=url]');
    await page.getByRole('button', { name: 'Revisar y comparar' }).click();
    await says(page, 'dirección completa');
    await url.fill('http://localhost/secreto');
    await page.getByRole('button', { name: 'Revisar y comparar' }).click();
    await says(page, 'no es pública');
    assert.equal(await url.inputValue(), 'http://localhost/secreto');
    await accessible(page, 'refused address');
    await shot(page, 'new-refused-phone-dark-es');
    await url.fill('https://datos.example/predios.zip');
    await page.getByRole('button', { name: 'Revisar y comparar' }).click();
    await page.waitForURL(/submissions\/n/);
    await finished(page, /400/);
  });

  test('nothing chosen is asked for; a vanished upload says so', async () => {
    const page = await as('alicia');
    await page.goto(`${server.url}/staff/new`);
    await page.waitForSelector('.drop');
    await page.getByRole('button', { name: 'Revisar y comparar' }).click();
    await says(page, 'Elija primero');
    Object.assign(server.state, { scenario: 'too-large', only: '^/api/uploads' });
    await page.setInputFiles('[data-testid=picker]', { name: 'x.zip', mimeType: 'application/zip', buffer: bytes(10) });
    await says(page, 'Demasiado grande');
    await finished(page, /413/);
  });

  test('a long check can be cancelled', async () => {
    server.state.jobLasts = 600_000;
    const page = await as('alicia');
    await page.goto(`${server.url}/staff/new`);
    await page.getByLabel('Dirección web').check();
    await page.locator('input[inputmode=url]').fill('https://datos.example/predios.zip');
    await page.getByRole('button', { name: 'Revisar y comparar' }).click();
    await page.waitForSelector('[data-testid=job] progress');
    await shot(page, 'checking-desk-light-es');
    await page.getByRole('button', { name: 'Cancelar' }).click();
    await page.waitForFunction(() => !location.search.includes('job='));
    await finished(page);
  });
});

describe('the differences', () => {
  test('tiles count every kind and filter the table and the map', async () => {
    const page = await as('gabriela');
    await page.goto(`${server.url}/staff/submissions/s1`);
    await page.waitForSelector('tbody tr');
    await settled(page);
    const { changes } = server.state.staff.memory;
    const of = (kind) => changes.filter((one) => one.kind === kind).length;
    await accessible(page, 'diff');
    await shot(page, 'diff-desk-light-es');
    const tile = page.getByRole('button', { name: new RegExp(`^\\s*${of('removed')}\\s*Quitado`) });
    await tile.click();
    await page.waitForFunction((n) => location.search.includes('kind=removed') && document.querySelectorAll('tbody tr').length === n, Math.min(50, of('removed')));
    await page.goBack();
    await page.waitForFunction(() => !location.search.includes('kind='));
    await finished(page);
  });

  test('a row shows its fields before and after, and the address keeps it', async () => {
    const page = await as('gabriela');
    await page.goto(`${server.url}/staff/submissions/s1?kind=attributes`);
    await page.waitForSelector('tbody .link');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-testid=change]');
    assert.match(await page.textContent('[data-testid=change]'), /Antes[\s\S]*Después/);
    assert.match(page.url(), /n=\d+/);
    await page.reload();
    await page.waitForSelector('[data-testid=change]');
    await accessible(page, 'one change');
    await page.locator('.sides button').first().click();
    assert.equal(await page.locator('.sides button').first().getAttribute('aria-pressed'), 'true');
    await settled(page);
    await shot(page, 'diff-row-desk-light-es');
    await finished(page);
  });

  test('doubtful matches are settled by two keys, and the count goes down', async () => {
    const page = await as('gabriela');
    await page.goto(`${server.url}/staff/submissions/s1`);
    await says(page, 'coincidencias dudosas');
    const before = server.state.staff.memory.changes.filter((one) => one.kind === 'doubtful').length;
    await page.goto(`${server.url}/staff/submissions/s1?kind=doubtful`);
    await page.waitForSelector('[data-testid=settle]');
    await settled(page);
    await accessible(page, 'doubtful');
    await shot(page, 'doubtful-desk-light-es');
    await page.keyboard.press('s');
    await page.waitForFunction((n) => document.querySelector('[data-testid=settle] .number.small')?.textContent?.includes(`/ ${n}`), before - 1);
    await page.keyboard.press('n');
    await page.waitForFunction((n) => document.querySelector('[data-testid=settle] .number.small')?.textContent?.includes(`/ ${n}`), before - 2);
    assert.equal(server.state.staff.memory.changes.filter((one) => one.kind === 'doubtful').length, before - 2);
    await finished(page);
  });

  test('alarms and changes of structure stand before the table', async () => {
    const page = await as('gabriela', SIZES.phone);
    await page.goto(`${server.url}/staff/submissions/s1`);
    await says(page, 'sin cuenta catastral');
    await says(page, 'valor_catastral');
    await page.waitForSelector('tbody tr');
    await accessible(page, 'diff on a phone');
    await shot(page, 'diff-phone-light-es');
    await finished(page);
  });

  test('the quality report says in words what was seen, the gravest first, and where', async () => {
    const page = await as('alicia');
    await page.goto(`${server.url}/staff/submissions/s1?see=report`);
    await page.waitForSelector('details');
    assert.match(await page.locator('summary').first().textContent(), /se cruzan/);
    await page.locator('summary').first().click();
    await page.getByRole('button', { name: 'Ver en el mapa' }).first().click();
    await settled(page);
    await accessible(page, 'report');
    await shot(page, 'report-desk-light-es');
    await finished(page);
  });

  test('what is stale is compared again', async () => {
    const page = await as('gabriela');
    await page.goto(`${server.url}/staff/submissions/s1`);
    await page.getByRole('button', { name: 'Volver a comparar' }).click();
    await page.waitForSelector('[data-testid=job]');
    await says(page, 'Borrador');
    await finished(page);
  });

  test('what could not be read says why, and a hostile submission stays text', async () => {
    const page = await as('alicia', { ...SIZES.phone, dark: true });
    await page.goto(`${server.url}/staff/submissions/s5`);
    await says(page, 'RAR');
    await accessible(page, 'unreadable');
    await page.goto(`${server.url}/staff/submissions/s3`);
    await page.waitForSelector('tbody tr');
    assert.equal(await page.locator('main img, main script').count(), 0);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.querySelector('main').scrollWidth <= innerWidth), 'nothing runs out of the page');
    await accessible(page, 'hostile');
    await shot(page, 'hostile-phone-dark-es');
    await finished(page);
  });

  test('comments keep their lines, and a draft outlives a reload', async () => {
    const page = await as('alicia');
    await page.goto(`${server.url}/staff/submissions/s1?see=comments`);
    await says(page, 'corte de septiembre');
    await page.locator('textarea').fill('Va la corrección\nmañana');
    await page.reload();
    await page.waitForSelector('textarea');
    assert.equal(await page.inputValue('textarea'), 'Va la corrección\nmañana');
    await page.getByRole('button', { name: 'Enviar', exact: true }).click();
    await page.waitForFunction(() => document.querySelectorAll('.comments li').length === 3);
    assert.equal(await page.inputValue('textarea'), '');
    await accessible(page, 'comments');
    await finished(page);
  });
});

describe('deciding', () => {
  test('Gabriela asks for changes only with a reason', async () => {
    const page = await as('gabriela');
    await page.goto(`${server.url}/staff/submissions/s1`);
    await page.getByRole('button', { name: 'Pedir cambios' }).click();
    await page.locator('dialog[open] footer .action:not(.quiet)').click();
    await says(page, 'Escriba por qué', 'dialog[open]');
    await accessible(page, 'reason missing');
    await shot(page, 'ask-changes-desk-light-es');
    await page.locator('dialog[open] textarea').fill('Faltan 14 cuentas.');
    await page.locator('dialog[open] footer .action:not(.quiet)').click();
    await told(page, 'pidieron cambios');
    assert.equal(submission('s1').state, 'changes-requested');
    await finished(page);
  });

  test('Gabriela publishes, and undoes it with one press', async () => {
    const page = await as('gabriela');
    await page.goto(`${server.url}/staff/submissions/s1`);
    await page.getByRole('button', { name: 'Aprobar y publicar' }).first().click();
    await says(page, 'sin cuenta catastral', 'dialog[open]');
    await page.locator('dialog[open] footer .action:not(.quiet)').click();
    await told(page, 'revisión 13');
    await says(page, 'Publicado en la revisión 13');
    await accessible(page, 'published');
    await shot(page, 'published-desk-light-es');
    await page.locator('.toast .act').click();
    await told(page, 'revisión 14');
    await finished(page);
  });

  test('someone who was faster is named, and nothing is done twice', async () => {
    const page = await as('gabriela');
    await page.goto(`${server.url}/staff/submissions/s1`);
    await page.getByRole('button', { name: 'Rechazar' }).click();
    await page.locator('dialog[open] textarea').fill('No.');
    submission('s1').state = 'withdrawn';
    await page.locator('dialog[open] footer .action:not(.quiet)').click();
    await told(page, 'Ya no se puede');
    await says(page, 'Retirado');
    assert.equal(submission('s1').state, 'withdrawn');
    await finished(page, /409/);
  });

  test('Alicia sends her draft, and the rules of the layer publish it', async () => {
    const page = await as('alicia');
    await page.goto(`${server.url}/staff/submissions/s2`);
    await says(page, 'permiten publicarla');
    await page.getByRole('button', { name: 'Enviar a revisión' }).click();
    await page.locator('dialog[open] footer .action:not(.quiet)').click();
    await told(page, 'Publicado en la revisión 13');
    await finished(page);
  });
});

describe('revisions', () => {
  test('are listed page by page, opened and undone', async () => {
    const page = await as('gabriela');
    await page.goto(`${server.url}/staff/revisions`);
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 10);
    await accessible(page, 'revisions');
    await shot(page, 'revisions-desk-light-es');
    await page.getByRole('button', { name: 'Mostrar más' }).click();
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 12);
    await page.locator('tbody a').first().click();
    await page.waitForURL(/revisions\/12$/);
    await page.waitForSelector('tbody tr');
    await accessible(page, 'revision');
    await page.getByRole('button', { name: 'Deshacer la publicación' }).click();
    await page.locator('dialog[open] footer .action:not(.quiet)').click();
    await page.waitForURL(/revisions\/13$/);
    await says(page, 'Deshace la revisión 12');
    await finished(page);
  });

  test('one that does not exist says so', async () => {
    const page = await as('gabriela', SIZES.phone);
    for (const n of ['999', 'x', '0', '1e3']) {
      await page.goto(`${server.url}/staff/revisions/${n}`);
      await says(page, 'No hay tal revisión');
    }
    await finished(page);
  });
});

describe('a resident looking back', () => {
  test('sees a layer as it was on a day, in the map and in the link', async () => {
    const page = await browser.newPage(SIZES.desk);
    await page.goto(`${server.url}/layers/predios#map=16.5/19.043/-98.952&layers=predios`);
    await page.waitForSelector('#as-of');
    await settled(page);
    const before = server.state.requests.length;
    await page.fill('#as-of', '2026-07-01');
    await page.waitForFunction(() => location.hash.includes('layers=predios@2026-07-01'));
    await settled(page);
    const asked = () => server.state.requests.slice(before).some((path) => path.startsWith('/tiles/predios/'));
    assert.ok(asked(), 'the tiles of that day were not asked for');
    await accessible(page, 'as of a day');
    await page.screenshot({ path: `${SHOTS}as-of-desk-light-es.png` });
    await page.reload();
    await page.waitForSelector('#as-of');
    assert.equal(await page.inputValue('#as-of'), '2026-07-01');
    await page.getByRole('button', { name: 'Volver a hoy' }).click();
    await page.waitForFunction(() => !location.hash.includes('@'));
    await page.goBack();
    await page.waitForFunction(() => location.hash.includes('@2026-07-01'));
    await finished(page);
  });

  test('reads what happened to one parcel', async () => {
    const page = await browser.newPage(SIZES.desk);
    const { predios } = Object.fromEntries((await import('../fixture-server/city.mjs')).LAYERS.map((layer) => [layer.id, layer]));
    const ring = predios.features[40].geometry.coordinates[0];
    const at = [0, 1].map((axis) => ring.slice(0, -1).reduce((sum, point) => sum + point[axis], 0) / (ring.length - 1));
    await page.goto(`${server.url}/place#at=${at.map((one) => one.toFixed(6)).join(',')}`);
    await page.getByRole('button', { name: /Su historia/ }).first().click();
    await page.waitForSelector('[data-testid=thing-history] li:nth-child(2)');
    assert.match(await page.textContent('[data-testid=thing-history]'), /antes baldío/);
    await accessible(page, 'history of a thing');
    await page.screenshot({ path: `${SHOTS}thing-history-desk-light-es.png` });
    await finished(page);
  });
});

test('pictures of every size, theme and language', async () => {
  for (const [size, box] of Object.entries(SIZES)) {
    for (const [lang, dark] of [['pt', false], ['en', true]]) {
      const page = await as('gabriela', { ...box, dark, locale: LOCALES[lang] });
      await page.addInitScript((value) => localStorage.setItem('tequio.lang', value), lang);
      for (const [name, path] of [['inbox', '/staff'], ['diff', '/staff/submissions/s1'], ['new', '/staff/new']]) {
        await page.goto(server.url + path);
        await page.waitForSelector(name === 'new' ? '.drop' : 'tbody tr');
        if (name === 'diff') await settled(page);
        assert.ok(await page.evaluate(() => document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth), `${name} ${size} runs out sideways`);
        await shot(page, `${name}-${size}-${dark ? 'dark' : 'light'}-${lang}`);
      }
      await finished(page);
    }
  }
});

test('every control is large enough to touch', async () => {
  const page = await as('gabriela', SIZES.phone);
  for (const path of ['/staff', '/staff/new', '/staff/submissions/s1', '/staff/submissions/s1?see=report', '/staff/revisions']) {
    await page.goto(server.url + path);
    await page.waitForSelector('tbody tr, .drop, details');
    const small = await page.evaluate(() => [...document.querySelectorAll('.staff :is(button, select, input:not([type=checkbox], [type=radio]), summary, nav a, .check, .action, .plain, .tick label, tbody a)')].filter((one) => one.checkVisibility()).map((one) => ({ box: one.getBoundingClientRect(), what: one.outerHTML.slice(0, 90) })).filter(({ box }) => box.height > 1 && box.height < 43.5).map(({ what, box }) => `${box.height} ${what}`));
    assert.deepEqual(small, [], path);
  }
  await finished(page);
});
