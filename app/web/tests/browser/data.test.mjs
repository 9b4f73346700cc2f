// Those who look after the city's data and people: bringing versions together, checks, sources, layers, permissions, the log, personal data.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from '../chromium.mjs';
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

/** A page at which someone has signed in: Gabriela the GIS admin, Alicia the steward of Catastro. */
const as = async (who, options = SIZES.desk) => {
  const page = await browser.newPage(options);
  await page.context().addCookies([{ name: 'tequio_session', value: who, url: server.url }]);
  await page.addInitScript((lang) => localStorage.setItem('tequio.lang', lang), options.lang ?? 'es');
  return page;
};
const open = async (page, path) => {
  await page.goto(server.url + path);
  await settled(page);
};
/** Nothing is on its way any more. */
const settled = async (page) => {
  await page.waitForSelector('main h1');
  await page.waitForFunction(() => !document.querySelector('[data-testid=skeleton]'));
};
const drawn = async (page) => {
  await page.waitForFunction(() => document.querySelectorAll('.maplibregl-canvas').length > 0 && window.tequioMap?.settled === true, undefined, { polling: 200 });
  await page.waitForTimeout(400);
};
const finished = async (page, allowed = /$^/) => {
  assert.deepEqual(page.faults.filter((fault) => !allowed.test(fault)), [], 'faults in the console');
  await page.context().close();
};
/** The made-up city forgets what was done to it, so that one journey does not hang on another. */
const forget = () => {
  for (const part of ['reconcile', 'checks', 'sources', 'settings', 'people', 'privacy', 'retention', 'jobs']) delete server.state[part];
  server.state.scenario = 'full';
};
const under = async (scenario, work) => {
  server.state.scenario = scenario;
  try {
    return await work();
  } finally {
    server.state.scenario = 'full';
  }
};
const PAGES = {
  reconcile: '/staff/reconcile',
  'reconcile-new': '/staff/reconcile/new?layers=colonias,manzanas',
  'reconcile-groups': '/staff/reconcile/colonias',
  'reconcile-attributes': '/staff/reconcile/colonias?tab=attributes',
  'reconcile-compare': '/staff/reconcile/colonias/compare?state=doubtful',
  'reconcile-join': '/staff/reconcile/padron-mercados',
  checks: '/staff/checks',
  check: '/staff/checks/predios-encimados?n=3',
  sources: '/staff/sources',
  'source-new': '/staff/sources/new',
  source: '/staff/sources/predios-wfs',
  layers: '/staff/layers',
  layer: '/staff/layers/predios',
  'layer-fields': '/staff/layers/predios?tab=fields',
  'layer-rules': '/staff/layers/predios?tab=rules',
  'layer-style': '/staff/layers/predios?tab=style',
  people: '/staff/people',
  organisations: '/staff/organisations',
  roles: '/staff/roles',
  applications: '/staff/applications',
  audit: '/staff/audit',
  privacy: '/staff/privacy',
  'privacy-request': '/staff/privacy/requests/arco-13',
  'privacy-search': '/staff/privacy/search',
  'privacy-retention': '/staff/privacy/retention',
  'privacy-accesses': '/staff/privacy/accesses',
  'privacy-breach': '/staff/privacy/breach',
};
const MAPS = new Set(['reconcile-compare', 'check', 'layer-style']);

/**
 * What is looked at where. Every page is asked at every size whether it scrolls sideways, which costs nothing; axe and the picture, which
 * cost seconds, come once a page, at the sizes and in the themes by turns. The three pages on which most time is spent have them at every
 * size in both.
 */
const EVERYWHERE = new Set(['reconcile-compare', 'check', 'privacy-request']);
const TURNS = [['phone', 'light'], ['desk', 'dark'], ['tablet', 'light'], ['phone', 'dark'], ['desk', 'light'], ['tablet', 'dark']];

describe('every page of the data desk', () => {
  for (const [turn, [name, path]] of Object.entries(PAGES).entries()) {
    if (process.env.PAGE && !process.env.PAGE.split(',').includes(name)) continue;
    const looks = EVERYWHERE.has(name) ? TURNS : [TURNS[turn % TURNS.length]];
    test(`${name} fits at every size and is accessible: ${looks.map((look) => look.join(' ')).join(', ')}`, async () => {
      forget();
      const page = await as('gabriela');
      await open(page, path);
      for (const [size, theme] of looks) {
        await page.setViewportSize(SIZES[size]);
        await page.emulateMedia({ colorScheme: theme });
        await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, theme);
        if (MAPS.has(name)) await drawn(page);
        await page.screenshot({ path: `${SHOTS}${name}-${size}-${theme}-es.png` });
        await accessible(page, `${name} ${size} ${theme}`);
      }
      for (const [size, box] of Object.entries(SIZES)) {
        await page.setViewportSize(box);
        // Two frames, so that what follows the size (a list becoming cards) has followed.
        const wide = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(document.querySelector('main').scrollWidth - document.querySelector('main').clientWidth)))));
        assert.ok(wide <= 1, `${name} ${size} scrolls sideways by ${wide} px`);
      }
      await finished(page);
    });
  }
});

describe('bringing versions together', () => {
  test('Gabriela settles the doubtful groups with one key each, and takes the last one back', async () => {
    forget();
    const page = await as('gabriela');
    await open(page, '/staff/reconcile/colonias/compare?state=doubtful');
    await page.waitForSelector('.evidence li');
    const title = await page.textContent('figcaption bdi');
    await page.keyboard.press('s');
    await page.waitForFunction((before) => document.querySelector('figcaption bdi')?.textContent !== before, title);
    assert.match(await page.textContent('.toast'), /lo mismo/);
    await page.locator('.toast .act').click();
    await page.waitForFunction((before) => document.querySelector('figcaption bdi')?.textContent === before, title);
    assert.equal(server.state.reconcile.groups.get(4).state, 'doubtful');
    for (const key of ['n', 's', 's']) {
      const before = await page.evaluate(() => document.querySelector('main').textContent);
      await page.keyboard.press(key);
      await page.waitForFunction((text) => document.querySelector('main').textContent !== text, before);
      await page.waitForTimeout(150);
    }
    await page.waitForSelector('[data-testid=empty]');
    assert.equal(server.state.reconcile.groups.get(4).same, false);
    await accessible(page, 'nothing doubtful left');
    await finished(page);
  });

  test('maps side by side move in step', async () => {
    forget();
    const page = await as('gabriela');
    await open(page, '/staff/reconcile/colonias/compare?state=doubtful');
    await drawn(page);
    const before = await page.locator('.maplibregl-ctrl-scale').allTextContents();
    await page.locator('figure').first().getByRole('button', { name: /acercar/i }).click();
    await page.waitForFunction((old) => { const now = [...document.querySelectorAll('.maplibregl-ctrl-scale')].map((one) => one.textContent); return now.every((one, i) => one !== old[i]) && new Set(now).size === 1; }, before);
    await finished(page);
  });

  test('a chosen authority is kept, and the merged layer is published with a word about what stays apart', async () => {
    forget();
    const page = await as('gabriela');
    await open(page, '/staff/reconcile/colonias?tab=attributes');
    await page.locator('.attributes select').nth(1).selectOption('colonias-catastro');
    await page.waitForSelector('.toast');
    assert.deepEqual(server.state.reconcile.list.get('colonias').authority, { name: 'colonias', population: 'colonias-catastro' }, 'a proposal is not turned into a choice');
    await page.getByRole('button', { name: 'Publicar la capa reunida' }).click();
    await page.waitForSelector('dialog[open]');
    assert.match(await page.textContent('dialog[open]'), /3 grupos dudosos/);
    await accessible(page, 'publish dialog');
    await page.locator('dialog[open] footer .action').last().click();
    await page.waitForSelector('[data-testid=job]');
    await page.waitForSelector('[data-testid=job]', { state: 'detached' });
    await page.getByText('Ver la capa reunida').waitFor();
    await finished(page);
  });

  test('two layers are needed, and which is missing is said', async () => {
    forget();
    const page = await as('gabriela');
    await open(page, '/staff/reconcile/new?layers=colonias');
    await page.locator('main form button[type=submit]').click();
    assert.match(await page.textContent('[role=alert]'), /dos capas/);
    await page.fill('main input[type=search]', 'manz');
    await page.locator('.add').first().click();
    await page.locator('main form button[type=submit]').click();
    await page.waitForURL(/\/staff\/reconcile\/r\d+\?job=/);
    await finished(page);
  });
});

describe('sources', () => {
  test('an address is looked at, a layer chosen, and the source begins', async () => {
    forget();
    const page = await as('gabriela');
    await open(page, '/staff/sources/new');
    await page.fill('input[type=url]', 'http://169.254.169.254/latest');
    await page.locator('form button[type=submit]').first().click();
    await page.waitForSelector('[data-testid=trouble]');
    await page.fill('input[type=url]', 'https://mapas.example.org/wfs');
    await page.locator('form button[type=submit]').first().click();
    await page.getByText('Servicio WFS').waitFor();
    await page.locator('form').last().locator('button[type=submit]').click();
    await page.waitForSelector('[role=alert]');
    await page.getByLabel(/Manzanas/).check();
    await page.locator('form').last().locator('select').first().selectOption('catastro');
    await accessible(page, 'preview');
    await page.screenshot({ path: `${SHOTS}source-new-found-desk-light-es.png` });
    await page.locator('form').last().locator('button[type=submit]').click();
    await page.waitForURL(/\/staff\/sources\/source-\d/);
    const made = [...server.state.sources.values()].pop();
    assert.deepEqual([made.kind, made.names, made.department, made.every, made.active], ['wfs', ['catastro:manzanas'], 'catastro', 'P1D', true]);
    await finished(page, /400/);
  });

  test('switching off keeps the rhythm and can be taken back', async () => {
    forget();
    const page = await as('gabriela');
    await open(page, '/staff/sources/predios-wfs');
    await page.getByRole('button', { name: 'Apagar' }).click();
    await page.getByRole('button', { name: 'Encender' }).waitFor();
    assert.equal(server.state.sources.get('predios-wfs').every, 'PT24H');
    await page.locator('.toast .act').click();
    await page.getByRole('button', { name: 'Apagar' }).waitFor();
    assert.equal(server.state.sources.get('predios-wfs').state, 'idle');
    await finished(page);
  });
});

describe('describing a layer', () => {
  test('a title and a confirmed column are saved; what nobody said stays unsaid', async () => {
    forget();
    const page = await as('gabriela');
    await open(page, '/staff/layers/predios');
    await page.locator('input[lang=es]').fill('Predios de la ciudad');
    await page.locator('nav.tabs a').nth(1).click();
    await page.getByRole('button', { name: /Confirmar que cuenta_catastral/ }).click();
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.waitForSelector('.toast.ok');
    const saved = server.state.settings.get('predios').value;
    assert.equal(saved.title.es, 'Predios de la ciudad');
    assert.equal(saved.description, null);
    assert.deepEqual(saved.fields.map((one) => [one.name, one.standard]), [['propietario', null], ['cuenta_catastral', 'key']]);
    await finished(page);
  });

  test('two people who save at once lose nothing: what both changed is asked, the rest is joined', async () => {
    forget();
    const page = await as('gabriela');
    await open(page, '/staff/layers/predios');
    await page.locator('input[lang=es]').fill('Mi título');
    await page.locator('input[list=licences]').fill('ODbL-1.0');
    await under('desk-conflict', async () => {
      await page.getByRole('button', { name: 'Guardar' }).click();
      await page.waitForSelector('dialog[open]');
    });
    assert.match(await page.textContent('dialog[open]'), /licencia/);
    await accessible(page, 'conflict');
    await page.screenshot({ path: `${SHOTS}layer-conflict-desk-light-es.png` });
    await page.locator('dialog[open] footer .action').first().click();
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.waitForFunction(() => [...document.querySelectorAll('.toast')].some((one) => /Guardado/.test(one.textContent)));
    const saved = server.state.settings.get('predios').value;
    assert.deepEqual([saved.title.es, saved.licence, saved.keywords.includes('abierto')], ['Mi título', 'CC0-1.0', true]);
    await finished(page, /412/);
  });

  test('opening a closed field says that everyone will see it', async () => {
    forget();
    const page = await as('gabriela');
    await open(page, '/staff/layers/predios?tab=fields');
    await page.getByLabel('Quién puede ver propietario').selectOption('public');
    assert.match(await page.textContent('[role=alert]'), /todo el mundo/);
    await finished(page);
  });

  test('a graduated style is seen on the map, in the legend, and kept as MapLibre layers', async () => {
    forget();
    const page = await as('gabriela');
    await open(page, '/staff/layers/arbolado?tab=style');
    await page.getByRole('button', { name: 'Elegir cómo se dibuja' }).click();
    await page.locator('.by input').nth(2).check();
    await page.waitForFunction(() => document.querySelectorAll('.legend li').length >= 5);
    await page.getByLabel('Cómo cortar los números').selectOption('jenks');
    await page.locator('.ramps input[value=viridis]').check();
    await drawn(page);
    await page.screenshot({ path: `${SHOTS}layer-style-graduated-desk-light-es.png` });
    await accessible(page, 'graduated');
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.waitForSelector('.toast.ok');
    const { style } = server.state.settings.get('arbolado').value;
    assert.equal(style.layers[0].type, 'circle');
    assert.equal(style.metadata['tequio:look'].classes.length, 5);
    assert.equal(style.metadata['tequio:draft'].method, 'jenks');
    await finished(page);
  });
});

describe('people and permissions', () => {
  test('a steward needs a department, and roles can be taken back', async () => {
    forget();
    const page = await as('gabriela');
    await open(page, '/staff/people?q=Elena');
    await page.getByRole('button', { name: /Cambiar funciones ?: Elena/ }).first().click();
    await page.waitForSelector('dialog[open]');
    const role = page.locator('dialog[open] .role', { hasText: 'Funcionario' });
    await role.locator('input').check();
    await page.locator('dialog[open] footer .action').last().click();
    await page.waitForSelector('dialog[open] [role=alert]');
    await role.locator('select').first().selectOption('movilidad');
    await accessible(page, 'roles');
    await page.screenshot({ path: `${SHOTS}people-roles-desk-light-es.png` });
    await page.locator('dialog[open] footer .action').last().click();
    await page.waitForSelector('.toast .act');
    assert.ok(server.state.people.list.some((one) => one.name.startsWith('Elena') && one.roles.some((each) => each.role === 'officer' && each.organisation === 'movilidad')));
    await finished(page);
  });

  test('whoever lacks the permission reads who can give it', async () => {
    const page = await as('alicia');
    await open(page, '/staff/people');
    await page.waitForSelector('[data-testid=empty]');
    await accessible(page, 'no permission');
    await finished(page);
  });

  test('a broken log says which line, a whole one says how many', async () => {
    forget();
    const page = await as('gabriela');
    await open(page, '/staff/audit');
    await page.getByRole('button', { name: /Comprobar/ }).click();
    await page.waitForSelector('[data-testid=verdict].ok');
    await under('desk-tampered', async () => {
      await page.getByRole('button', { name: /Comprobar/ }).click();
      await page.waitForSelector('[data-testid=verdict].stop');
    });
    assert.match(await page.textContent('[data-testid=verdict]'), /1 877/);
    await accessible(page, 'altered log');
    await page.screenshot({ path: `${SHOTS}audit-altered-desk-light-es.png` });
    await finished(page);
  });
});

describe('personal data', () => {
  test('nothing is searched without a reason, and no name stands in the address', async () => {
    forget();
    const page = await as('gabriela');
    await open(page, '/staff/privacy/search');
    await page.locator('main input[type=search]').fill('Bruno Ortega');
    await page.locator('main form button[type=submit]').click();
    await page.waitForSelector('[aria-invalid=true]');
    await page.locator('main form input').nth(1).fill('Oficio 218');
    await page.locator('main form button[type=submit]').click();
    await page.getByText('quedó en la bitácora').waitFor();
    assert.ok(!page.url().includes('Bruno'));
    await accessible(page, 'found');
    await page.screenshot({ path: `${SHOTS}privacy-search-found-desk-light-es.png` });
    await finished(page);
  });

  test('data are gathered, blocked, and erased only after the word is written', async () => {
    forget();
    const page = await as('gabriela');
    await open(page, '/staff/privacy/requests/arco-13');
    await page.getByRole('button', { name: 'Reunir todo lo que se guarda' }).click();
    await page.waitForSelector('a[download]');
    await page.getByRole('button', { name: 'Borrar para siempre' }).click();
    const erase = page.locator('dialog[open] .action.stop');
    assert.ok(await erase.isDisabled());
    await page.locator('dialog[open] input').fill('borrar');
    await accessible(page, 'erase dialog');
    await erase.click();
    await page.waitForFunction(() => /Suprimidos/.test(document.querySelector('main').textContent));
    assert.equal(server.state.privacy.get('arco-13').state, 'erased');
    await finished(page);
  });

  test('a report of a breach wants both dates and someone or something, and is made for paper', async () => {
    forget();
    const page = await as('gabriela');
    await open(page, '/staff/privacy/breach');
    await page.getByRole('button', { name: 'Hacer el informe' }).click();
    await page.waitForSelector('[role=alert]');
    await page.locator('input[type=datetime-local]').first().fill('2026-11-20T08:00');
    await page.locator('input[type=datetime-local]').nth(1).fill('2026-11-20T18:00');
    await page.locator('main form select').selectOption('predios');
    await page.getByRole('button', { name: 'Hacer el informe' }).click();
    await page.waitForSelector('[data-testid=report]');
    await accessible(page, 'report');
    await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path: `${SHOTS}privacy-report-print-es.png`, fullPage: true });
    assert.ok(await page.locator('[data-testid=report]').isVisible());
    assert.ok(!(await page.locator('main form').isVisible()));
    await finished(page);
  });
});

describe('when things are not well', () => {
  for (const [scenario, path, wanted] of [['desk-empty', '/staff/reconcile', 'empty'], ['desk-empty', '/staff/sources', 'empty'], ['desk-broken', '/staff/checks', 'trouble'], ['desk-forbidden', '/staff/sources/predios-wfs', 'trouble'], ['desk-signed-out', '/staff/layers/predios', 'trouble'], ['desk-empty', '/staff/privacy', 'empty']]) {
    test(`${path} under ${scenario} says what to do`, async () => {
      forget();
      const page = await as('gabriela', SIZES.phone);
      await under(scenario, async () => {
        await open(page, path);
        await page.waitForSelector(`[data-testid=${wanted}]`);
        await accessible(page, `${path} ${scenario}`);
        await page.screenshot({ path: `${SHOTS}${scenario}-${path.split('/')[2]}-phone-light-es.png` });
      });
      await finished(page, /40[13]|503/);
    });
  }

  test('a change that is refused for now keeps what was written', async () => {
    forget();
    const page = await as('gabriela');
    await open(page, '/staff/layers/predios');
    await page.locator('input[lang=es]').fill('Otro título');
    await under('desk-busy', async () => {
      await page.getByRole('button', { name: 'Guardar' }).click();
      await page.waitForSelector('[data-testid=trouble]');
    });
    assert.equal(await page.locator('input[lang=es]').inputValue(), 'Otro título');
    assert.match(await page.textContent('[data-testid=trouble]'), /20/);
    await finished(page, /429/);
  });
});
