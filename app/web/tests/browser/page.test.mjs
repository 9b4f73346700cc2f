// The page over the made-up town: every journey, and the states that a healthy server never shows.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openBrowser, settled } from '../chromium.mjs';
import { start } from '../fixture-server/main.mjs';
import { accessible, journeys } from '../journeys.mjs';

let server;
before(async () => {
  server = await start();
});
after(() => server.stop());

journeys(() => server, 'town');

describe('when things are not well', () => {
  let browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());
  const opened = async (scenario, path = '/', options = { width: 360, height: 740 }) => {
    server.state.scenario = scenario;
    const page = await browser.newPage(options);
    await page.goto(server.url + path);
    return page;
  };
  const left = async (page) => {
    server.state.scenario = 'full';
    await page.context().close();
  };

  test('a city without layers says what will be here and how to begin', async () => {
    const page = await opened('empty');
    await page.waitForSelector('[data-testid=empty-city]');
    await accessible(page, 'empty city');
    await left(page);
  });

  test('a layer that is overdue says so, with its grade and its licence', async () => {
    const page = await opened('full', '/layers/predios');
    const facts = page.locator('.facts');
    await facts.getByText('atrasada').waitFor();
    assert.match(await facts.textContent(), /31 oct 2026/);
    assert.equal(await facts.locator('a[rel=license]').getAttribute('href'), 'https://creativecommons.org/licenses/by/4.0/');
    assert.match(await page.textContent('.content'), /Calificación B, de A a D/);
    await accessible(page, 'overdue layer');
    await left(page);
  });

  test('a sheet of a map on which nothing is says how to begin', async () => {
    const page = await opened('full', '/print');
    await page.getByText('Encienda al menos una capa').waitFor();
    await accessible(page, 'nothing to print');
    await left(page);
  });

  test('a sheet follows the map; one that could not be drawn is told and what was chosen stays', async () => {
    const page = await opened('busy-print', '/print#layers=zonificacion', { width: 1440, height: 900 });
    await page.waitForSelector('[data-testid=print-preview]');
    await accessible(page, 'sheet');
    const frame = () => page.evaluate(() => window.tequioMap.picture.sheet.sources['print~frame'].data.geometry.coordinates[0][0][0]);
    const before = await frame();
    await page.evaluate(() => window.tequioMap.jump({ ...window.tequioMap.view, lon: window.tequioMap.view.lon + 0.01 }));
    await page.waitForFunction((old) => Math.abs(window.tequioMap.picture.sheet.sources['print~frame'].data.geometry.coordinates[0][0][0] - old - 0.01) < 1e-4, before);
    await page.fill('.form input[maxlength]', 'Plano de prueba');
    await page.click('.form button[type=submit]');
    await page.getByText('intente en un minuto').waitFor();
    assert.equal(await page.inputValue('.form input[maxlength]'), 'Plano de prueba');
    server.state.scenario = 'full';
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('.form button[type=submit]')]);
    assert.equal(download.suggestedFilename(), 'Plano-de-prueba.pdf');
    await page.click('.back');
    await page.waitForFunction(() => window.tequioMap.picture.sheet === null);
    await left(page);
  });

  test('a server that cannot answer is quoted, and asked again', async () => {
    const page = await opened('broken');
    await page.waitForSelector('[data-testid=trouble]');
    assert.match(await page.textContent('[data-testid=trouble]'), /ocupado/);
    await accessible(page, 'server trouble');
    server.state.scenario = 'full';
    await page.evaluate(() => document.querySelector('[data-testid=trouble] button').click());
    await page.waitForSelector('.themes', { state: 'attached' });
    await settled(page);
    await left(page);
  });

  test('a place that cannot be answered leaves the map and the rest alone', async () => {
    const page = await opened('broken-place', '/place#at=-98.952,19.043');
    await page.waitForSelector('[data-testid=trouble]');
    assert.match(await page.textContent('.content'), /7f3a/);
    await accessible(page, 'place trouble');
    server.state.scenario = 'full';
    await page.locator('[data-testid=trouble] button').click();
    await page.waitForSelector('.content article');
    await left(page);
  });

  test('a slow answer shows that every layer is being asked', async () => {
    const page = await opened('slow', '/place#at=-98.952,19.043');
    await page.waitForSelector('.content [aria-busy=true]');
    await accessible(page, 'waiting for a place');
    await page.waitForSelector('.content article');
    await left(page);
  });

  test('without a connection the open page stays, says so, and searching explains itself', async () => {
    const page = await opened('full', '/', { width: 1440, height: 900 });
    await settled(page);
    await page.context().setOffline(true);
    await page.waitForSelector('.offline');
    await page.fill('#search', 'juarez');
    await page.waitForSelector('.answers .note');
    await accessible(page, 'offline');
    await page.context().setOffline(false);
    await page.waitForSelector('.offline', { state: 'detached' });
    await left(page);
  });

  test('a browser that cannot draw maps still gives every answer', async () => {
    server.state.scenario = 'full';
    const page = await browser.newPage({ width: 1440, height: 900 });
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    await page.goto(`${server.url}/place#at=-98.952,19.043`);
    await page.waitForSelector('.content article');
    await page.waitForFunction(() => document.querySelector('.veil p'));
    await accessible(page, 'no WebGL');
    await left(page);
  });

  test('a map that came only in part says so and asks again', async () => {
    const page = await opened('no-tiles', '/', { width: 1440, height: 900 });
    await page.waitForSelector('.offline button');
    await accessible(page, 'partial map');
    server.state.scenario = 'full';
    const before = server.state.requests.length;
    await page.locator('.offline button').click();
    const asked = () => server.state.requests.slice(before).some((path) => path.startsWith('/tiles/vialidad/'));
    for (let i = 0; i < 100 && !asked(); i++) await page.waitForTimeout(100);
    assert.ok(asked(), 'the missing tiles were not asked for again');
    await page.waitForSelector('.offline', { state: 'detached' });
    await left(page);
  });

  test('a link with nonsense in it opens what can be understood', async () => {
    const page = await opened('full', '/#map=nonsense&layers=no-such-layer,inundacion:2&at=x,y&lang=xx', { width: 1440, height: 900 });
    await settled(page);
    await page.waitForSelector('.themes');
    await left(page);
  });
});
