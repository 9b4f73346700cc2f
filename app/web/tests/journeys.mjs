// What a resident does, step by step in a real browser. The same journeys run over the made-up town (tests/browser) and
// over a running server with a whole city (tests/e2e): they ask the server what there is and go by that.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { openBrowser, settled } from './chromium.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SHOTS = fileURLToPath(new URL('../test-results/screenshots/', import.meta.url));
const SIZES = { phone: { width: 360, height: 740 }, tablet: { width: 820, height: 1180 }, desk: { width: 1440, height: 900 } };
const LOCALES = { es: 'es-MX', pt: 'pt-BR', en: 'en-US' };

/** Fails with the rules that a state of the page breaks; what is not ours is left out. */
export async function accessible(page, where, notOurs = []) {
  // A card that is still sliding in is half hidden; what people read is the card at rest.
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running' || one.effect?.getTiming().iterations === Infinity));
  await page.evaluate(axe);
  const broken = await page.evaluate(async (notOurs) => {
    const { violations } = await window.axe.run({ exclude: notOurs.map((one) => [one]) }, { resultTypes: ['violations'] });
    return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`);
  }, notOurs);
  assert.deepEqual(broken, [], where);
}

/** Fails with what is too small for a finger; a box to tick is as large as its label. */
export async function touchable(page, where) {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, select, input, summary, a.plain, a.action, .themes a, .name')]
      .filter((element) => element.checkVisibility() && !element.matches(':disabled, .unseen'))
      .map((element) => [element, ((element.matches('[type=checkbox], [type=radio]') && element.closest('label')) || element).getBoundingClientRect()])
      .filter(([, box]) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
      .map(([element, box]) => `${element.className || element.tagName} ${element.textContent.trim().slice(0, 30)} ${Math.round(box.width)}x${Math.round(box.height)}`),
  );
  assert.deepEqual(small, [], where);
}

/** On a phone the home card lies behind the drawer's edge until someone raises it. */
export const raise = async (page) => {
  const handle = page.locator('.drawer.peek .handle');
  if (await handle.isVisible()) {
    await handle.click();
    await page.waitForSelector('.drawer:not(.peek)');
  }
};

export const visit = async (page, url, { wait = true } = {}) => {
  await page.goto(url);
  if (wait) await settled(page);
};

/** @param where {() => {url: string}} the server, once it runs; @param name folder of the screenshots */
export function journeys(where, name) {
  describe(`a resident of ${name}`, () => {
    let browser;
    let url;
    let city;
    let layers;
    const folder = `${SHOTS}${name}/`;
    const json = async (path) => (await fetch(url + path)).json();
    const of = (standard) => layers.find((layer) => layer.standard === standard);
    const drawn = () => layers.filter((layer) => layer.tiles);
    let spot;

    before(async () => {
      mkdirSync(folder, { recursive: true });
      url = where().url;
      city = await json('/api/city?lang=es');
      layers = (await json('/api/layers?lang=es')).layers;
      spot = await someParcel();
      browser = await openBrowser();
    });
    after(() => browser?.close());

    // a place with a parcel, found by asking
    async function someParcel() {
      const [west, south, east, north] = of('cat.predio')?.bbox ?? city.bbox;
      for (let i = 1; i < 60; i++) {
        const [lon, lat] = [west + (east - west) * ((i * 0.381966) % 1), south + (north - south) * ((0.5 + i * 0.618034) % 1)];
        const place = await json(`/api/place?lon=${lon.toFixed(6)}&lat=${lat.toFixed(6)}&lang=es`);
        if (place.parcel && place.departments.length >= 3) return { lon: +lon.toFixed(6), lat: +lat.toFixed(6), place };
      }
      return { lon: (west + east) / 2, lat: (south + north) / 2, place: await json(`/api/place?lon=${(west + east) / 2}&lat=${(south + north) / 2}&lang=es`) };
    }
    const at = (zoom = 16.6) => `#map=${zoom}/${spot.lat}/${spot.lon}`;
    const opened = async (options) => {
      const page = await browser.newPage(options);
      page.outside = [];
      page.on('request', (request) => {
        const asked = new URL(request.url());
        if (!['data:', 'blob:'].includes(asked.protocol) && asked.origin !== url) page.outside.push(request.url());
      });
      return page;
    };
    const finished = async (page) => {
      assert.deepEqual(page.outside, [], 'requests outside the origin');
      assert.deepEqual(page.faults, [], 'faults in the console');
      await page.context().close();
    };

    test('sees the city, its name, a scale and the age of the data', async () => {
      const page = await opened(SIZES.desk);
      await visit(page, `${url}/`);
      assert.equal(await page.textContent('h1'), city.name);
      await page.waitForSelector('.maplibregl-ctrl-scale');
      assert.match(await page.textContent('.credit'), /\d{4}/);
      await finished(page);
    });

    test('switches a layer on, fades it, and finds it in the address', async () => {
      const page = await opened(SIZES.desk);
      await visit(page, `${url}/`);
      const layer = of('risk.inundacion') ?? drawn()[0];
      const shown = await page.evaluate(() => document.querySelectorAll('canvas.maplibregl-canvas').length);
      assert.equal(shown, 1);
      await page.goto(`${url}/themes/${layer.theme}`);
      const control = page.getByRole('switch', { name: layer.title, exact: true }).first();
      await control.click();
      await page.waitForFunction((id) => location.hash.includes(`layers=${id}`), layer.id);
      assert.equal(await control.getAttribute('aria-checked'), 'true');
      await settled(page);
      await page.waitForSelector('.legend li');
      await page.locator('.opacity input').first().fill('0.5');
      await page.waitForFunction((id) => location.hash.includes(`${id}:0.5`), layer.id);
      await control.click();
      await page.waitForFunction(() => !location.hash.includes('layers='));
      await finished(page);
    });

    test('searches, chooses by keyboard and reads the answer', async () => {
      const page = await opened(SIZES.desk);
      await visit(page, `${url}/${at()}`);
      const streets = of('ref.vialidad');
      const word = streets ? 'calle' : layers[0].title.split(' ')[0];
      await page.keyboard.press('/');
      await page.keyboard.type(word);
      await page.waitForSelector('#hits li');
      await accessible(page, 'open search');
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.getAttribute('#search', 'aria-activedescendant'), 'hit-0');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => location.pathname !== '/');
      await page.waitForFunction(() => document.querySelector('.content h2')?.textContent?.trim());
      await page.goBack();
      await page.waitForFunction(() => location.pathname === '/');
      await finished(page);
    });

    test('hears that nothing is called so', async () => {
      const page = await opened(SIZES.phone);
      await visit(page, `${url}/`);
      await page.fill('#search', 'zzqqxxyy');
      await page.waitForSelector('.answers .note strong');
      await accessible(page, 'no results');
      await finished(page);
    });

    test('clicks the map and reads what every department says there, with dates and sources', async () => {
      const page = await opened(SIZES.desk);
      await visit(page, `${url}/${at(17.5)}`);
      await page.locator('.maplibregl-canvas').click();
      await page.waitForSelector('.content article');
      const told = await page.textContent('.content');
      for (const department of spot.place.departments) assert.ok(told.includes(department.name), department.name);
      assert.match(page.url(), /\/place#.*at=/);
      await settled(page);
      await accessible(page, 'place card');
      await page.screenshot({ path: `${folder}place-desk-light-es.png` });
      await finished(page);
    });

    test('gets the same answer without the map, by keyboard alone', async () => {
      const page = await opened(SIZES.desk);
      await visit(page, `${url}/${at(17.5)}`);
      await page.locator('.maplibregl-canvas').focus();
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction(() => /\d/.test(document.querySelector('[data-testid=spoken]')?.textContent ?? ''));
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => location.pathname === '/place');
      await page.waitForFunction(() => !document.querySelector('.content [aria-busy=true]') && document.activeElement?.tagName === 'H2');
      await page.goto(`${url}/${at(17.5)}`);
      await settled(page);
      const ask = page.locator('.ask .action');
      await ask.focus();
      await page.keyboard.press('Enter');
      await page.waitForSelector('.content article');
      await finished(page);
    });

    test('shares a place whose link opens the same answer', async () => {
      const page = await opened({ ...SIZES.desk, permissions: ['clipboard-read', 'clipboard-write'] });
      await visit(page, `${url}/place${at(17)}&at=${spot.lon},${spot.lat}`);
      await page.waitForSelector('.content article');
      const title = await page.textContent('.content h2');
      await page.locator('.head .action').click();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      await visit(page, link);
      await page.waitForSelector('.content article');
      assert.equal(await page.textContent('.content h2'), title);
      await finished(page);
    });

    test('opens a layer, reads its findings and downloads it', async () => {
      const page = await opened(SIZES.desk);
      const layer = drawn().find((one) => one.count < 5000 && one.downloads.length && one.findings.warnings + one.findings.errors + one.findings.notes > 0) ?? drawn()[0];
      await visit(page, `${url}/layers/${layer.id}`);
      await page.locator(`.content a[href$="/download"]`).click();
      await page.locator('input[value=geojson]').check();
      await page.waitForSelector('[data-testid=size]:not(:has(.soft))');
      await accessible(page, 'download card');
      const [file] = await Promise.all([page.waitForEvent('download'), page.locator('a[href*=".geojson"]').click()]);
      const body = JSON.parse(readFileSync(await file.path(), 'utf8'));
      assert.equal(body.features.length, layer.count);
      await visit(page, `${url}/layers/${layer.id}`);
      await page.waitForSelector('.content dl');
      await accessible(page, 'layer card');
      await visit(page, `${url}/layers/${layer.id}/findings`);
      await page.waitForSelector('.content summary');
      await accessible(page, 'findings');
      await finished(page);
    });

    test('downloads only the area that was drawn on the map', async () => {
      const page = await opened(SIZES.desk);
      const layer = drawn().find((one) => one.count < 5000 && one.geometry.includes('POLYGON') && one.downloads.some((each) => each.refusal)) ?? drawn()[0];
      await visit(page, `${url}/layers/${layer.id}/download`);
      await page.locator('input[value=area]').check();
      assert.ok(await page.locator('.go button[disabled]').isVisible(), 'an area of no corners is not downloaded');
      const { x, y, width, height } = await page.locator('.maplibregl-canvas').boundingBox();
      for (const [right, down] of [[0.45, 0.4], [0.6, 0.42], [0.55, 0.6]]) {
        await page.mouse.click(x + width * right, y + height * down);
        await page.waitForTimeout(400); // two quick ones would zoom
      }
      await page.waitForSelector('.go a[href*="POLYGON"]');
      await page.waitForSelector('[data-testid=size]:not(:has(.soft))');
      assert.equal(await page.locator('input[value=gpx]').isDisabled(), true);
      await accessible(page, 'download card with an area');
      await page.locator('.back').click();
      await page.waitForFunction(() => document.querySelector('[data-card=download]') === null);
      await finished(page);
    });

    test('changes language and theme, and the link keeps both', async () => {
      const page = await opened(SIZES.desk);
      await visit(page, `${url}/`);
      await page.selectOption('.lang select', 'pt');
      await page.waitForFunction(() => document.documentElement.lang === 'pt-BR' && location.hash.includes('lang=pt'));
      await page.getByRole('button', { name: 'Escura' }).click();
      await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark' && location.hash.includes('theme=dark'));
      await page.reload();
      await settled(page);
      assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
      assert.equal(await page.getAttribute('html', 'lang'), 'pt-BR');
      await finished(page);
    });

    test('finds the world around the city when zooming out', async () => {
      const page = await opened(SIZES.desk);
      await visit(page, `${url}/#map=4/${spot.lat}/${spot.lon}`);
      assert.match(await page.textContent('.credit'), /Natural Earth/);
      await page.screenshot({ path: `${folder}world-desk-light-es.png` });
      await finished(page);
    });

    for (const dark of [false, true]) {
      test(`meets no barrier on any page in the ${dark ? 'dark' : 'light'} theme`, async () => {
        const page = await opened({ ...SIZES.phone, dark });
        const first = drawn().find((one) => one.theme === 'risk') ?? drawn()[0];
        const pages = ['/', '/layers', `/themes/${first.theme}#layers=${first.id}`, `/layers/${first.id}#layers=${first.id}`, '/findings', `/place#at=${spot.lon},${spot.lat}`, '/nowhere'];
        for (const path of pages) {
          await page.goto(url + path);
          await page.waitForSelector('.drawer');
          await raise(page);
          await page.waitForSelector(path === '/' ? '.themes' : '.content h2');
          if (path === '/findings') await page.waitForFunction(() => document.querySelector('.content summary, .content p.pad'));
          if (path.startsWith('/place')) await page.waitForSelector('.content article');
          await accessible(page, path);
        }
        await finished(page);
      });
    }

    test('finds nothing too small to touch', async () => {
      const page = await opened(SIZES.phone);
      for (const path of ['/', '/layers', `/place#at=${spot.lon},${spot.lat}`]) {
        await page.goto(url + path);
        await page.waitForSelector('.drawer');
        await raise(page);
        await page.waitForSelector(path === '/' ? '.themes' : path.startsWith('/place') ? '.content article' : '.content h2');
        await touchable(page, path);
      }
      await finished(page);
    });

    test('raises and lowers the drawer by its handle, by dragging and by the back button', async () => {
      const page = await opened(SIZES.phone);
      await visit(page, `${url}/`);
      const height = () => page.evaluate(() => ['peek', 'half', 'full'].find((one) => document.querySelector('.drawer').classList.contains(one)));
      assert.equal(await height(), 'peek');
      await page.locator('.handle').click();
      assert.equal(await height(), 'half');
      const box = await page.locator('.band').boundingBox();
      await page.mouse.move(180, box.y + 6);
      await page.mouse.down();
      await page.mouse.move(180, box.y - 100, { steps: 4 });
      await page.mouse.move(180, 60, { steps: 4 });
      await page.mouse.up();
      assert.equal(await height(), 'full');
      await page.locator('.content a[href="/layers"]').first().click();
      await page.waitForFunction(() => location.pathname === '/layers');
      await page.locator('.back').click();
      await page.waitForFunction(() => location.pathname === '/');
      await finished(page);
    });

    test('is shown well at every size, theme and language', async () => {
      // every size, both themes and the three languages are seen; not each with each, which costs minutes
      const LOOKS = { phone: [['es', false], ['pt', true]], tablet: [['en', true]], desk: [['es', true], ['pt', false]] };
      const hazard = of('risk.inundacion') ?? drawn().find((one) => one.theme === 'risk') ?? drawn()[0];
      const [west, south, east, north] = city.bbox;
      const scenes = {
        home: '/',
        streets: `/${at(16.4)}`,
        place: `/place${at(17.2)}&at=${spot.lon},${spot.lat}`,
        layer: `/layers/${hazard.id}#map=13.2/${(south + north) / 2}/${(west + east) / 2}&layers=${hazard.id}`,
      };
      for (const [size, box] of Object.entries(SIZES)) {
        for (const [lang, dark] of LOOKS[size]) {
          const page = await opened({ ...box, dark, locale: LOCALES[lang] });
          for (const [scene, path] of Object.entries(scenes)) {
            await visit(page, url + path);
            if (scene === 'place') await page.waitForSelector('.content article');
            await page.screenshot({ path: `${folder}${scene}-${size}-${dark ? 'dark' : 'light'}-${lang}.png` });
          }
          await finished(page);
        }
      }
    });
  });
}
