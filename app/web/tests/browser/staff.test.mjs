// Those who sign in: accounts, notices, and what stands before the desk.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from '../chromium.mjs';
import { PASSWORD } from '../fixture-server/identity.mjs';
import { start } from '../fixture-server/main.mjs';
import { accessible } from '../journeys.mjs';

const SHOTS = fileURLToPath(new URL('../../test-results/screenshots/staff/', import.meta.url));
export const SIZES = { phone: { width: 360, height: 740 }, tablet: { width: 820, height: 1180 }, desk: { width: 1440, height: 900 } };
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

const opened = async (options = SIZES.desk) => {
  const page = await browser.newPage(options);
  return page;
};
/** A page at which someone has signed in already. */
const as = async (who, options) => {
  const page = await opened(options);
  await page.context().addCookies([{ name: 'tequio_session', value: who, url: server.url }]);
  return page;
};
const under = async (scenario, only, work) => {
  Object.assign(server.state, { scenario, only });
  try {
    return await work();
  } finally {
    Object.assign(server.state, { scenario: 'full', only: null });
  }
};
const finished = async (page, allowed = /$^/) => {
  assert.deepEqual(page.faults.filter((fault) => !allowed.test(fault)), [], 'faults in the console');
  await page.context().close();
};
const shot = (page, name) => page.screenshot({ path: `${SHOTS}${name}.png` });

describe('signing in', () => {
  test('a wrong password says so without saying which half was wrong, and keeps what was written', async () => {
    const page = await opened(SIZES.phone);
    await page.goto(`${server.url}/sign-in`);
    await page.fill('input[type=email]', 'alicia@catastro.example');
    await page.fill('input[autocomplete=current-password]', 'no es esta frase');
    await page.click('button[type=submit]');
    await page.waitForSelector('[data-testid=trouble]');
    assert.equal(await page.inputValue('input[type=email]'), 'alicia@catastro.example');
    await accessible(page, 'refused');
    await shot(page, 'sign-in-refused-phone-light');
    await finished(page, /401/);
  });

  test('Alicia comes to a closed page, signs in, and lands where she was going', async () => {
    const page = await opened();
    await page.goto(`${server.url}/account/notices`);
    await page.waitForURL(/\/sign-in\?next=/);
    await accessible(page, 'sign in');
    await shot(page, 'sign-in-desk-light');
    await page.fill('input[type=email]', 'alicia@catastro.example');
    await page.fill('input[autocomplete=current-password]', PASSWORD);
    await page.click('button[type=submit]');
    await page.waitForURL(/\/account\/notices$/);
    await page.waitForSelector('main ol li');
    await finished(page);
  });

  test('a link that wants to lead elsewhere after signing in does not', async () => {
    for (const next of ['https://evil.example/staff', '//evil.example/staff', '/\\evil.example/staff', 'javascript:alert(1)//staff']) {
      const page = await as('bruno');
      await page.goto(`${server.url}/sign-in?next=${encodeURIComponent(next)}`);
      await page.waitForURL(`${server.url}/account`);
      await finished(page);
    }
  });

  test("the city's own provider is asked with the way back, and its refusal is said", async () => {
    const page = await opened(SIZES.phone);
    await page.goto(`${server.url}/sign-in?failed=provider&next=${encodeURIComponent('/account/notices')}`);
    await page.waitForSelector('[role=alert]');
    const href = await page.getAttribute('a[href^="/api/session/providers/"]', 'href');
    const back = new URL(new URL(href, server.url).searchParams.get('next'), server.url);
    assert.equal(back.pathname, '/sign-in');
    assert.equal(back.searchParams.get('next'), '/account/notices');
    assert.equal(back.searchParams.get('failed'), null);
    await accessible(page, 'provider refused');
    await finished(page);
  });

  test('the first admin begins the city with the one-time link, whose token leaves the address', async () => {
    const page = await opened();
    await page.goto(`${server.url}/welcome#token=primera-vez`);
    await page.waitForSelector('input[autocomplete=name]');
    assert.doesNotMatch(page.url(), /primera-vez/);
    await accessible(page, 'welcome');
    await page.fill('input[autocomplete=name]', 'Gabriela Ortiz');
    await page.fill('input[type=email]', 'gabriela@villa.example');
    await page.fill('input[autocomplete=new-password]', 'corta');
    await page.click('button[type=submit]');
    assert.match(page.url(), /welcome/);
    await page.fill('input[autocomplete=new-password]', PASSWORD);
    await page.click('button[type=submit]');
    await page.waitForURL(/\/staff$/);
    await finished(page);
  });

  test('a used or clipped link says what to do now', async () => {
    const page = await opened(SIZES.phone);
    for (const [path, word] of [['/welcome#token=vieja', null], ['/welcome', 'incompleto'], ['/confirm#token=vieja', 'venció'], ['/confirm', 'incompleto'], ['/reset', 'incompleto']]) {
      await page.goto('about:blank');
      await page.goto(server.url + path);
      await page.waitForSelector('main h1');
      if (word) await page.waitForFunction((wanted) => document.querySelector('main').textContent.includes(wanted), word);
      await accessible(page, path);
    }
    await finished(page, /404/);
  });

  test('signing up, confirming and resetting go their whole way, and never tell who has an account', async () => {
    const page = await opened(SIZES.phone);
    await page.goto(`${server.url}/sign-up`);
    await page.waitForSelector('form');
    await accessible(page, 'sign up');
    await shot(page, 'sign-up-phone-light');
    await page.fill('input[autocomplete=name]', 'Alicia');
    await page.fill('input[type=email]', 'alicia@catastro.example');
    await page.fill('input[autocomplete=new-password]', PASSWORD);
    await page.click('button[type=submit]');
    await page.waitForFunction(() => /Si alicia@catastro\.example puede/.test(document.querySelector('main').textContent));
    await page.goto(`${server.url}/confirm#token=bueno`);
    await page.waitForFunction(() => /confirmada/.test(document.querySelector('main').textContent));
    await page.goto(`${server.url}/forgotten`);
    await page.fill('input[type=email]', 'nadie@example.org');
    await page.click('button[type=submit]');
    await page.waitForFunction(() => /Si nadie@example\.org/.test(document.querySelector('main').textContent));
    await page.goto(`${server.url}/reset#token=bueno`);
    await page.fill('input[autocomplete=new-password]', PASSWORD);
    await page.click('button[type=submit]');
    await page.waitForFunction(() => /quedó cambiada/.test(document.querySelector('main').textContent));
    await finished(page);
  });

  test('too many tries say when to try again', async () => {
    const page = await opened();
    await under('too-often', null, async () => {
      await page.goto(`${server.url}/forgotten`);
      await page.fill('input[type=email]', 'alicia@catastro.example');
      await page.click('button[type=submit]');
      await page.waitForFunction(() => /30 segundos/.test(document.querySelector('[data-testid=trouble]')?.textContent ?? ''));
    });
    await finished(page, /429/);
  });
});

describe('my account', () => {
  test('Alicia changes her name and language, and the page speaks it', async () => {
    const page = await as('alicia');
    await page.goto(`${server.url}/account`);
    await page.waitForSelector('.list li');
    await accessible(page, 'account');
    await shot(page, 'account-desk-light');
    await page.selectOption('select[id^=field]', 'pt');
    await page.fill('input[autocomplete=name]', 'Alicia R.');
    await page.locator('section.box').first().locator('button[type=submit]').click();
    await page.waitForFunction(() => document.documentElement.lang === 'pt-BR' && /Alicia R\./.test(document.querySelector('.bar').textContent));
    server.state.staff.memory.people.alicia.language = 'es';
    await finished(page);
  });

  test('a password that is not the old one changes nothing and keeps the form', async () => {
    const page = await as('bruno', { ...SIZES.phone, dark: true });
    await page.goto(`${server.url}/account`);
    await page.fill('input[autocomplete=current-password]', 'equivocada');
    await page.fill('input[autocomplete=new-password]', 'otra frase bien larga');
    await page.locator('form', { has: page.locator('input[autocomplete=current-password]') }).locator('button[type=submit]').click();
    await page.waitForSelector('[data-testid=trouble]');
    assert.equal(await page.inputValue('input[autocomplete=new-password]'), 'otra frase bien larga');
    await accessible(page, 'account, refused');
    await shot(page, 'account-refused-phone-dark');
    await finished(page, /400/);
  });

  test('a passkey is made with the browser, listed, and taken away after a question', async () => {
    const page = await as('gabriela');
    const client = await page.context().newCDPSession(page);
    await client.send('WebAuthn.enable');
    await client.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
    await page.goto(`${server.url.replace('127.0.0.1', 'localhost')}/account`);
    await page.context().addCookies([{ name: 'tequio_session', value: 'gabriela', url: server.url.replace('127.0.0.1', 'localhost') }]);
    await page.goto(`${server.url.replace('127.0.0.1', 'localhost')}/account`);
    const section = page.locator('section', { has: page.getByRole('heading', { name: 'Llaves de acceso' }) });
    await section.locator('input').fill('Computadora');
    await section.locator('button[type=submit]').click();
    await section.getByText('Computadora', { exact: true }).first().waitFor();
    await section.getByRole('button', { name: /Quitar Computadora/ }).click();
    await page.waitForSelector('dialog[open]');
    await accessible(page, 'question');
    await page.locator('dialog[open] .stop').click();
    await page.waitForFunction(() => !/Computadora/.test(document.querySelector('main').textContent));
    await finished(page);
  });
});

describe('notices and the frame', () => {
  test('the bell counts, reading clears it, and a foreign link leads nowhere', async () => {
    const page = await as('alicia');
    await page.goto(`${server.url}/account/notices`);
    await page.waitForSelector('.count');
    assert.equal(await page.textContent('.count'), '2');
    assert.equal(await page.locator('main a[href^="http"]').count(), 0);
    await accessible(page, 'notices');
    await shot(page, 'notices-desk-light');
    await page.getByRole('button', { name: 'Marcar todo como leído' }).click();
    await page.waitForSelector('.count', { state: 'detached' });
    await finished(page);
  });

  test('long lists come page by page', async () => {
    const page = await as('gabriela', SIZES.phone);
    await page.goto(`${server.url}/account/notices`);
    await page.waitForFunction(() => document.querySelectorAll('main ol li').length === 20);
    await page.getByRole('button', { name: 'Mostrar más' }).click();
    await page.waitForFunction(() => document.querySelectorAll('main ol li').length === 40);
    await finished(page);
  });

  test('Bruno, who has no roles, is told who to ask; hostile names stay text', async () => {
    const page = await as('bruno');
    await page.goto(`${server.url}/staff`);
    await page.waitForFunction(() => /função|funciones|roles/.test(document.querySelector('main h1')?.textContent ?? ''));
    assert.match(await page.textContent('.who'), /<script>/);
    await accessible(page, 'no roles');
    await shot(page, 'no-roles-desk-light');
    await finished(page);
  });

  test('a server that fails is quoted and asked again', async () => {
    const page = await as('alicia');
    await under('broken-staff', '^/api/notices', async () => {
      await page.goto(`${server.url}/account/notices`);
      await page.waitForSelector('[data-testid=trouble]');
      await accessible(page, 'broken');
    });
    await page.locator('[data-testid=trouble] button').click();
    await page.waitForSelector('main ol li');
    await finished(page, /500/);
  });

  test('a page that does not exist says so', async () => {
    const page = await as('alicia', SIZES.phone);
    await page.goto(`${server.url}/staff/nowhere/at/all`);
    await page.waitForFunction(() => /No existe/.test(document.querySelector('main h1')?.textContent ?? ''));
    await accessible(page, 'lost');
    await finished(page);
  });

  test('every control is large enough to touch', async () => {
    const page = await as('alicia', SIZES.phone);
    for (const path of ['/account', '/account/notices', '/sign-up']) {
      await page.goto(server.url + path);
      await page.waitForSelector('main h1');
      await page.waitForTimeout(300);
      const small = await page.evaluate(() => [...document.querySelectorAll('button, select, input:not([type=checkbox]), summary, a.plain, a.action, nav a, .check, main ol a')].filter((one) => one.checkVisibility()).map((one) => ({ box: one.getBoundingClientRect(), what: one.outerHTML.slice(0, 90) })).filter(({ box }) => box.height > 1 && box.height < 43.5).map(({ what, box }) => `${box.height} ${what}`));
      assert.deepEqual(small, [], path);
    }
    await finished(page);
  });
});
