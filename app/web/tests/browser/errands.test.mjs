// Long work: asked for, followed, fetched, cancelled, and found again after the page was left.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from '../chromium.mjs';
import { start } from '../fixture-server/main.mjs';
import { accessible } from '../journeys.mjs';

describe('long work', () => {
  let server;
  let browser;
  before(async () => {
    server = await start();
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });
  const opened = async (scenario, path, options = { width: 360, height: 740 }) => {
    server.state.scenario = scenario;
    const page = await browser.newPage({ acceptDownloads: true, ...options });
    await page.goto(server.url + path);
    return page;
  };

  test('too many jobs are told, and what was chosen stays', async () => {
    const page = await opened('busy-jobs', '/offline#layers=zonificacion');
    await page.locator('input[value=mbtiles]').check();
    await page.getByRole('button', { name: 'Hacer el archivo' }).click();
    await page.getByText('Hay demasiados trabajos en espera').waitFor();
    assert.equal(await page.locator('input[value=mbtiles]').isChecked(), true);
    await page.context().close();
  });

  test('without a layer on the map there is nothing to take along', async () => {
    const page = await opened('full', '/offline');
    await page.getByText('Encienda primero al menos una capa').waitFor();
    await accessible(page, 'offline without layers');
    await page.context().close();
  });

  test('the map is taken offline: it is asked for, followed, fetched, and removed', async () => {
    const page = await opened('full', '/offline#layers=zonificacion,vialidad');
    await page.getByRole('button', { name: 'Hacer el archivo' }).click();
    const list = page.getByTestId('errands');
    await list.getByText('Se está haciendo').waitFor();
    await accessible(page, 'offline, running');
    await list.getByText('Listo, 3.4 MB').waitFor({ timeout: 15_000 });
    const box = await list.boundingBox();
    assert.ok(box.y + 40 < page.viewportSize().height, 'it is in sight');
    if (process.env.TEQUIO_SHOTS) await page.screenshot({ path: `${process.env.TEQUIO_SHOTS}/offline-360.png` });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    const [download] = await Promise.all([page.waitForEvent('download'), list.getByRole('link', { name: 'Descargar' }).click()]);
    assert.equal(download.suggestedFilename(), 'map.pmtiles');
    await list.getByRole('button', { name: /^Quitar/ }).click();
    await list.waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('whoever comes back finds it again, and can cancel it', async () => {
    const page = await opened('stuck-jobs', '/offline#layers=zonificacion', { width: 1280, height: 800 });
    await page.getByRole('button', { name: 'Hacer el archivo' }).click();
    await page.getByTestId('errands').getByText('Espera su turno').waitFor();
    await page.goto(`${server.url}/`);
    await page.reload();
    const list = page.getByTestId('errands');
    await list.getByText('Espera su turno').waitFor();
    await list.getByRole('button', { name: /^Cancelar/ }).click();
    await list.waitFor({ state: 'detached' });
    await page.reload();
    await page.waitForSelector('.themes');
    assert.equal(await page.getByTestId('errands').count(), 0);
    await page.context().close();
  });

  test('what failed says why', async () => {
    const page = await opened('failing-jobs', '/offline#layers=zonificacion', { width: 1280, height: 800 });
    await page.getByRole('button', { name: 'Hacer el archivo' }).click();
    await page.getByTestId('errands').getByText('quizá por falta de espacio').waitFor({ timeout: 15_000 });
    await accessible(page, 'a job that failed');
    if (process.env.TEQUIO_SHOTS) await page.screenshot({ path: `${process.env.TEQUIO_SHOTS}/offline-failed.png` });
    await page.context().close();
  });

  test('a large download can be made in the background', async () => {
    const page = await opened('large', '/layers/predios/download');
    await page.getByRole('button', { name: 'Hacerlo en segundo plano' }).click();
    await page.getByTestId('errands').getByText('Listo').waitFor({ timeout: 15_000 });
    await page.context().close();
  });
});
