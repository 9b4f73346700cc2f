// Whom another zoning would touch: the author takes a zone from the map, moves its corners with the mouse and the keyboard, says what it would allow, and reads the answer.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { settled } from '../chromium.mjs';
import { accessible, touchable } from '../journeys.mjs';

const SHOTS = fileURLToPath(new URL('../../test-results/screenshots/what-if/', import.meta.url));
const shot = (page, name) => page.screenshot({ path: `${SHOTS}${name}.png` });

/** Drags what a locator names by so many pixels. */
async function dragged(page, handle, right, down) {
  const { x, y, width, height } = await handle.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + right / 2, y + height / 2 + down / 2);
  await page.mouse.move(x + width / 2 + right, y + height / 2 + down);
  await page.mouse.up();
}

/** All of it. */
export async function aZoneThatWasDrawn(alicia, home) {
  mkdirSync(SHOTS, { recursive: true });
  await alicia.goto(`${home}/staff/packs/villa?see=whatif`);
  await alicia.getByText('También una zona dibujada').click();
  const { layers } = await (await fetch(`${home}/api/layers?lang=es`)).json();
  const zoning = layers.find((one) => one.standard === 'plan.zonif');
  await alicia.getByLabel('Capa de la ciudad sobre la que se dibuja').selectOption(zoning.id);
  const zone = alicia.getByTestId('zone');
  await zone.filter({ hasText: 'Faltan 3 esquinas' }).waitFor();
  await settled(alicia);

  // by hand: four corners by mouse, one of them moved until sides cross, and taken back
  const map = await alicia.locator('.maplibregl-canvas').boundingBox();
  for (const [right, down] of [[0.4, 0.4], [0.6, 0.42], [0.58, 0.6], [0.42, 0.58]]) {
    await alicia.mouse.click(map.x + map.width * right, map.y + map.height * down);
    await alicia.waitForTimeout(400); // two quick ones would zoom
  }
  await zone.filter({ hasText: '4 esquinas' }).waitFor();
  const corner = (n) => alicia.getByRole('button', { name: `Esquina ${n} de` });
  await dragged(alicia, corner(1), map.width * 0.3, map.height * 0.1);
  await zone.filter({ hasText: 'se cruzan' }).waitFor();
  assert.ok(await alicia.getByRole('button', { name: 'Probar', exact: true }).isDisabled(), 'what has no inside is not tried');
  await shot(alicia, '01-crossed');
  await alicia.getByRole('button', { name: 'Deshacer' }).click();
  await zone.filter({ hasText: '4 esquinas' }).waitFor();
  await accessible(alicia, 'a zone that is drawn');

  // by keyboard: a corner more, moved, and removed
  const before = await zone.innerText();
  await alicia.getByRole('button', { name: 'Una esquina más' }).first().focus();
  await alicia.keyboard.press('Enter');
  await zone.filter({ hasText: '5 esquinas' }).waitFor();
  await corner(2).focus();
  for (let i = 0; i < 5; i++) await alicia.keyboard.press('ArrowUp');
  await shot(alicia, '02-five-corners');
  await alicia.keyboard.press('Delete');
  await zone.filter({ hasText: '4 esquinas' }).waitFor();
  assert.equal(await zone.innerText(), before, 'what was added and removed leaves it as it was');

  // a zone that is there: its outline and what it says, moved whole
  await alicia.getByRole('button', { name: 'Borrar el dibujo' }).click();
  await alicia.getByLabel('Empezar con una zona que ya existe').check();
  await alicia.getByRole('button', { name: 'La del centro del mapa' }).click();
  await zone.filter({ hasText: /^\d+ esquinas/ }).waitFor();
  await alicia.getByLabel(/^Niveles/).waitFor();
  assert.notEqual(await alicia.getByLabel(/^Niveles/).inputValue(), '', 'the zone says what it said');
  await shot(alicia, '03-taken');
  await alicia.getByRole('button', { name: 'Mover la zona entera' }).focus();
  await alicia.keyboard.press('ArrowRight');
  assert.match(await zone.innerText(), /^\d+ esquinas/);
  // the move, the taking and the clearing are taken back: the zone that was drawn, with what the other one said
  for (let i = 0; i < 3; i++) await alicia.getByRole('button', { name: 'Deshacer' }).click();
  assert.equal(await zone.innerText(), before);

  await alicia.getByLabel(/^Niveles/).fill('muchos');
  await alicia.getByText('Hace falta un número').waitFor();
  assert.ok(await alicia.getByRole('button', { name: 'Probar', exact: true }).isDisabled(), 'what cannot be read is not tried');
  await alicia.getByLabel(/^Niveles/).fill('1');
  await alicia.getByLabel('Predios por sortear').fill('150');
  await alicia.getByRole('button', { name: 'Probar', exact: true }).click();
  const turns = alicia.locator('table').nth(1).locator('tbody tr');
  await turns.first().waitFor({ timeout: 240_000 });
  const storeys = alicia.locator('table').first().locator('tbody tr').filter({ hasText: 'tipo A' });
  assert.match(await storeys.innerText(), /storeys_over/, 'the rule that turned is named');
  await accessible(alicia, 'what would change');
  await touchable(alicia, 'what would change');
  await shot(alicia, '04-answers');
  await turns.first().getByRole('button').click();
  await settled(alicia);
  await turns.first().scrollIntoViewIfNeeded();
  await shot(alicia, '05-one-of-them');
  const [paper] = await Promise.all([alicia.waitForEvent('download'), alicia.getByRole('link', { name: 'Informe para imprimir' }).click()]);
  assert.equal(readFileSync(await paper.path()).subarray(0, 5).toString(), '%PDF-');
  await paper.saveAs(`${SHOTS}what-if.pdf`);
}
