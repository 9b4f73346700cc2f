// The editor of the community map over the made-up town: what is drawn stays, also where the server does not take it.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from '../chromium.mjs';
import { start } from '../fixture-server/main.mjs';
import { accessible } from '../journeys.mjs';

const SHOTS = fileURLToPath(new URL('../../test-results/screenshots/fixture/', import.meta.url));
let browser;
let server;
before(async () => {
  mkdirSync(SHOTS, { recursive: true });
  server = await start();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const ready = (page) => page.locator('.ideditor button.add-point:not(.disabled)').waitFor();

describe('the editor of the community map', () => {
  test('says that a draft is on this device only while the server refuses it, and offers it again after a closed page', async () => {
    const page = await browser.newPage();
    await page.context().addCookies([{ name: 'tequio_session', value: 'alicia', url: server.url }]);
    await page.goto(`${server.url}/edit?task=7/1`);
    await ready(page);
    await page.getByText('7/1').waitFor();
    Object.assign(server.state, { scenario: 'broken-staff', only: '^/api/map/drafts/' });
    await page.locator('.ideditor button.add-point').click();
    await page.mouse.click(800, 450);
    await page.locator('[data-testid=draft-state][data-state=device]').waitFor();
    await accessible(page, 'a draft on the device', ['[data-testid=editor]']);
    await page.screenshot({ path: `${SHOTS}editor-draft-on-device.png` });
    Object.assign(server.state, { scenario: 'full', only: null });

    const next = await page.context().newPage();
    await page.close({ runBeforeUnload: false });
    await next.goto(`${server.url}/edit`);
    await ready(next);
    await next.getByRole('button', { name: 'Continuar con él' }).click();
    await next.locator('[data-testid=draft-state][data-state=saved]').waitFor();
    assert.equal(await next.locator('.ideditor button.save .count').innerText(), '1', 'one change waits');
    await next.screenshot({ path: `${SHOTS}editor-draft-resumed.png` });
    assert.deepEqual(page.faults.filter((one) => !/500|404.*\/api\/v2\/projects/.test(one)), []);
    await next.context().close();
  });
});
