// What whoever walks through a running city has at hand.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A call of the page's own, in the session of whoever sits at it. */
export const call = (page, method, path, body) =>
  page.evaluate(
    async ([method, path, body]) => {
      const { csrf, account } = await (await fetch('/api/session')).json();
      const response = await fetch(path, { method, headers: { 'content-type': 'application/json', 'tequio-csrf': csrf ?? '' }, ...(body ? { body: JSON.stringify(body) } : {}) });
      const text = await response.text();
      return { status: response.status, account, body: text && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text };
    },
    [method, path, body],
  );

/** Signs in by the page, and goes on to an address of it. */
export async function signIn(page, home, email, phrase, next) {
  await page.goto(`${home}/sign-in?next=${encodeURIComponent(next)}`);
  await enter(page, email, phrase);
  await page.waitForURL((url) => url.pathname === next.split('?')[0]);
}
/** Fills in the page to sign in that is open. */
export async function enter(page, email, phrase) {
  await page.fill('input[type=email]', email);
  await page.fill('input[type=password]', phrase);
  await page.click('button[type=submit]');
}

/** The link of a letter that was mailed to somebody; without a mail server letters lie in the city's folder. */
export async function mailedLink(city, path, to) {
  for (let i = 0; i < 200; i++) {
    const letters = readdirSync(join(city, 'mail'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    for (const one of letters) {
      const text = readFileSync(join(one.parentPath, one.name), 'utf8').replace(/=\r?\n/g, '').replaceAll('=3D', '=');
      const found = text.includes(to) && text.match(new RegExp(`https?://[^\\s"<>]+/${path}#token=[\\w-]+`));
      if (found) return found[0];
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no letter to ${to} with a link to /${path}`);
}

/** Whoever administers the city invites somebody, who chooses a phrase. */
export async function invited(admin, home, city, { name, email, phrase, roles = [] }) {
  const made = await call(admin, 'POST', '/api/people', { name, email, language: 'es', roles });
  assert.ok(made.status < 300, JSON.stringify(made.body));
  const token = (await mailedLink(city, 'reset', email)).split('#token=')[1];
  const chosen = await fetch(`${home}/api/accounts/reset`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token, password: phrase }) });
  assert.ok(chosen.ok, await chosen.text());
}

/** Says yes in the dialog that is open. */
export const confirmed = async (page) => {
  await page.locator('dialog[open] footer .action:not(.quiet)').click();
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
};

/** On what the figures of a made-up procedure stand. */
export const BASIS = '{law: "Bando de Villa Tequio, art. 12", confirmed: true}';
/** The smallest photo there is. */
export const JPEG = Buffer.from('/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=', 'base64');
