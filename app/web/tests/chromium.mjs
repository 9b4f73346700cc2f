// One Chromium for the browser tests: no profile of its own, no traffic of its own, software WebGL.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const ARGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-default-apps', '--disable-extensions', '--metrics-recording-only', '--no-default-browser-check', '--hide-scrollbars',
];

/** Opens Chromium in a fresh profile; `close` removes the profile too. Waits are limited to what a busy machine needs: what works takes a fraction of it. */
export async function openBrowser() {
  const profile = mkdtempSync(join(tmpdir(), 'tequio-web-'));
  const browser = await chromium.launch({ executablePath: process.env.TEQUIO_CHROMIUM ?? '/usr/bin/chromium', args: [...ARGS, `--crash-dumps-dir=${profile}`], env: { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile } });
  return {
    newPage: async ({ width = 1440, height = 900, dark = false, locale = 'es-MX', ...more } = {}) => {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', locale, reducedMotion: 'reduce', hasTouch: width < 900, ...more });
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      page.faults = [];
      page.on('pageerror', (error) => page.faults.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && page.faults.push(`${message.text()} ${message.location().url}`));
      return page;
    },
    /** What every page shows at the moment, as pictures beside what went wrong in it. */
    look: async (path) => {
      const pages = browser.contexts().flatMap((one) => one.pages());
      for (const [i, page] of pages.entries()) {
        console.error(page.url(), page.faults ?? []);
        await page.screenshot({ path: `${path}-${i + 1}.png` }).catch(console.error);
      }
    },
    close: async () => {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Waits until the map has drawn everything in view. */
export async function settled(page, timeout = 60_000) {
  await page.waitForFunction(() => window.tequioMap?.settled === true, undefined, { timeout, polling: 150 });
  await page.waitForTimeout(250);
}
