// What MapLibre draws in Chromium of a style over tiles of a server; one JSON object, and a picture.
// Usage: map.mjs FILE, with { site, style, west, south, east, north, size, picture }; a source whose url begins with pmtiles:// is read by the reader of PMTiles' own project.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openBrowser } from '../chromium.mjs';

const { site, style, west, south, east, north, size, picture } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const parts = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const browser = await openBrowser();
const page = await browser.newPage({ width: size, height: size });
const ranges = [];
page.on('response', (reply) => reply.request().headers().range && ranges.push(reply.status()));
// The page is of the city's own site, as one of a city's would be; its scripts come from the disk.
await page.route(`${site}/reader/**`, (route) => {
  const path = new URL(route.request().url()).pathname.slice('/reader/'.length);
  if (path) return route.fulfill({ path: parts + path });
  return route.fulfill({
    contentType: 'text/html',
    body: `<!doctype html><link rel="stylesheet" href="/reader/maplibre-gl/dist/maplibre-gl.css"><style>body{margin:0}#map{width:${size}px;height:${size}px}</style><div id="map"></div><script src="/reader/pmtiles/dist/pmtiles.js"></script>`,
  });
});
await page.goto(`${site}/reader/`);
const error = await page.evaluate(async ({ style, bounds }) => {
  const maplibre = await import('/reader/maplibre-gl/dist/maplibre-gl.mjs');
  maplibre.setWorkerUrl('/reader/maplibre-gl/dist/maplibre-gl-worker.mjs');
  maplibre.addProtocol('pmtiles', new window.pmtiles.Protocol().tile);
  const map = new maplibre.Map({ container: 'map', style, bounds, fitBoundsOptions: { padding: 0 }, attributionControl: false, fadeDuration: 0, canvasContextAttributes: { preserveDrawingBuffer: true } });
  return new Promise((done) => {
    map.on('error', (event) => done(String(event.error?.message ?? event)));
    map.on('idle', () => done(null));
  });
}, { style, bounds: [west, south, east, north] });
await page.locator('#map').screenshot({ path: picture });
console.log(JSON.stringify({ error, ranges, faults: page.faults }));
await browser.close();
