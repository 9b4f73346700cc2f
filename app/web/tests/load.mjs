// Lets a test import the page's own TypeScript, compiled by Vite and without a browser.
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

export async function loader() {
  const vite = await createServer({ root: fileURLToPath(new URL('..', import.meta.url)), server: { middlewareMode: true, hmr: false, ws: false, watch: null }, appType: 'custom', logLevel: 'error', optimizeDeps: { noDiscovery: true } });
  return { load: (path) => vite.ssrLoadModule(path), close: () => vite.close() };
}
