// Whoever runs the city's data brings a file of OpenStreetMap to the community map from the browser.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { accessible, touchable } from '../journeys.mjs';
import { signIn } from './people.mjs';

const SHOTS = fileURLToPath(new URL('../../test-results/screenshots/map-file/', import.meta.url));
const node = (id, lat, lon) => `<node id="${id}" version="3" lat="${lat}" lon="${lon}"/>`;
const STREET = `<osm version="0.6">${node(880001, 19.0685, -98.744)}${node(880002, 19.0691, -98.7432)}<way id="880003" version="2"><nd ref="880001"/><nd ref="880002"/><nd ref="880009"/><tag k="highway" v="residential"/></way></osm>`;

export async function aFileForTheMap(browser, home, admin) {
  mkdirSync(SHOTS, { recursive: true });
  for (const [name, size] of Object.entries({ phone: { width: 360, height: 740 }, desk: { width: 1440, height: 900 } })) {
    const page = await browser.newPage(size);
    await signIn(page, home, admin.email, admin.phrase, '/staff/community-map');
    const shot = (what) => page.screenshot({ path: `${SHOTS}${name}-${what}.png`, fullPage: true });
    await page.getByText('Elegir archivo').waitFor();
    await accessible(page, `${name}, nothing chosen`);
    await touchable(page, `${name}, nothing chosen`);
    await shot('empty');

    const bring = async (text) => {
      await page.setInputFiles('[data-testid=picker]', { name: 'calle.osm', mimeType: 'text/xml', buffer: Buffer.from(text) });
      await page.waitForSelector('[data-testid=upload][data-state=done]');
      await page.getByRole('button', { name: 'Importar' }).click();
    };
    await bring(STREET.slice(0, -20));
    await page.getByText('El archivo no se puede leer').waitFor();
    await accessible(page, `${name}, refused`);
    await shot('refused');
    await page.getByRole('button', { name: 'Quitar' }).first().click();
    await page.getByText('Elegir archivo').waitFor();

    await bring(STREET);
    await page.waitForSelector('[data-testid=imported]');
    const said = await page.textContent('[data-testid=imported]');
    assert.match(said, /way\/880003 nombra node\/880009/);
    assert.match(said, /Ver el lugar/);
    await accessible(page, `${name}, imported`);
    await touchable(page, `${name}, imported`);
    await shot('imported');
    assert.deepEqual(page.faults.filter((fault) => !fault.includes('409') && !fault.includes('422')), []);
    await page.context().close();
  }
}
