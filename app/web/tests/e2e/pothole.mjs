// A report from its photo to the closure that its reporter confirms.
import { fileURLToPath } from 'node:url';
import { accessible } from '../journeys.mjs';
import { confirmed, JPEG } from './people.mjs';

const SHOTS = fileURLToPath(new URL('../../test-results/screenshots/cases/', import.meta.url));
const shot = (page, name) => page.screenshot({ path: `${SHOTS}${name}.png` });

/** A pothole from a photo to the closure that its reporter confirms, after it was sent back once. */
export async function aPothole(alicia, bruno, home, [lon, lat]) {
  await bruno.goto(`${home}/report#at=${lon},${lat}&map=17/${lat}/${lon}`);
  await bruno.getByRole('heading', { name: 'Primero, una foto' }).waitFor();
  await accessible(bruno, 'photo first');
  await bruno.setInputFiles('[data-testid=photo]', { name: 'hoyo.jpg', mimeType: 'image/jpeg', buffer: JPEG });
  await shot(bruno, '20-photo');
  await bruno.getByRole('button', { name: 'Siguiente' }).click();
  await bruno.getByRole('heading', { name: '¿Dónde es?' }).waitFor();
  await accessible(bruno, 'where');
  await shot(bruno, '21-where');
  await bruno.getByRole('button', { name: 'Siguiente' }).click();
  await bruno.getByLabel('Buscar', { exact: true }).fill('hoyo');
  await accessible(bruno, 'what');
  await shot(bruno, '22-what');
  await bruno.getByRole('button', { name: /Bacheo/ }).click();
  await bruno.getByRole('heading', { name: '¿Algo más?' }).waitFor();
  await bruno.getByLabel(/Qué pasa/).fill('Un hoyo del ancho de una llanta.');
  await accessible(bruno, 'more');
  await shot(bruno, '23-more');
  await bruno.getByRole('button', { name: 'Enviar el reporte' }).click();
  await bruno.getByRole('heading', { name: 'Quedó reportado' }).waitFor();
  await accessible(bruno, 'reported');
  await shot(bruno, '24-reported');
  await bruno.getByRole('link', { name: 'Seguirlo' }).click();
  await bruno.waitForURL((url) => url.pathname.startsWith('/cases/'));
  const id = new URL(bruno.url()).pathname.split('/')[2];
  const done = async (text) => {
    await alicia.goto(`${home}/staff/cases/${id}`);
    await alicia.getByRole('heading', { name: 'Historia' }).waitFor();
    if (await alicia.getByRole('button', { name: 'Atenderlo' }).isVisible()) {
      await alicia.keyboard.press('t');
      await confirmed(alicia);
    }
    await alicia.keyboard.press('d');
    await alicia.getByLabel('Quedó hecho').check();
    await alicia.locator('dialog[open] textarea').fill(text);
    await confirmed(alicia);
    await bruno.goto(`${home}/cases/${id}`);
    await bruno.getByRole('heading', { name: '¿Quedó hecho?' }).waitFor();
  };
  await done('Se tapó con mezcla fría.');
  await accessible(bruno, 'is it done');
  await shot(bruno, '25-is-it-done');
  await bruno.getByRole('button', { name: 'No quedó' }).click();
  await bruno.getByLabel('Qué sigue mal').fill('Se volvió a abrir con la lluvia.');
  await bruno.getByRole('button', { name: 'Devolverlo a la oficina' }).click();
  await bruno.getByText('No quedó hecho, dice quien reportó').waitFor();
  await done('Se rellenó y se asfaltó.');
  await bruno.getByRole('button', { name: 'Sí, quedó hecho' }).click();
  await bruno.locator('.mark').filter({ hasText: /^Hecho$/ }).waitFor();
  await accessible(bruno, 'confirmed');
  await shot(bruno, '26-confirmed');

  // Carla has no account; hers counts with his only where his is still open
  await bruno.goto(`${home}/report#at=${lon},${lat}`);
  await bruno.getByRole('button', { name: 'Seguir sin foto' }).click();
  await bruno.getByRole('button', { name: 'Siguiente' }).click();
  await bruno.getByRole('button', { name: /Bacheo/ }).click();
  await bruno.getByRole('heading', { name: '¿Algo más?' }).waitFor();
  await bruno.getByRole('button', { name: 'Enviar el reporte' }).click();
  await bruno.getByRole('heading', { name: 'Quedó reportado' }).waitFor();
  await bruno.context().clearCookies();
  await bruno.goto(`${home}/report#at=${lon},${lat}`);
  await bruno.getByRole('button', { name: 'Seguir sin foto' }).click();
  await bruno.getByRole('button', { name: 'Siguiente' }).click();
  await bruno.getByRole('button', { name: /Bacheo/ }).click();
  await bruno.getByRole('heading', { name: '¿Es uno de estos?' }).waitFor();
  await accessible(bruno, 'one of these');
  await shot(bruno, '27-one-of-these');
  await bruno.getByRole('button', { name: 'Es este: me sumo' }).first().click();
  await bruno.getByRole('heading', { name: 'Se sumó al reporte que ya había' }).waitFor();
}
