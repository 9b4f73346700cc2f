import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { feature, mesh } from 'topojson-client';
import { defineConfig } from 'vite';
import { editor } from './editor.js';

/**
 * The world behind the city (Natural Earth, public domain) as two plain GeoJSON files of our own origin: `virtual:world`
 * gives their addresses. They are fetched only when someone zooms out of the city.
 */
function worldBackdrop() {
  const name = 'virtual:world';
  const atlas = (scale) => JSON.parse(readFileSync(fileURLToPath(new URL(`./node_modules/world-atlas/countries-${scale}.json`, import.meta.url)), 'utf8'));
  const round = (decimals) => (_, value) => (typeof value === 'number' ? Number(value.toFixed(decimals)) : value);
  const geojson = (scale, decimals) => {
    const topology = atlas(scale);
    const land = feature(topology, topology.objects.land);
    const borders = { type: 'Feature', properties: { kind: 'border' }, geometry: mesh(topology, topology.objects.countries, (a, b) => a !== b) };
    return JSON.stringify({ type: 'FeatureCollection', features: [...(land.features ?? [land]).map((f) => ({ ...f, properties: { kind: 'land' } })), borders] }, round(decimals));
  };
  const scales = { far: ['110m', 1], near: ['50m', 2] };
  let serve = false;
  return {
    name: 'world-backdrop',
    configResolved(config) {
      serve = config.command === 'serve';
    },
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return null;
      const lines = Object.entries(scales).map(([key, [scale, decimals]]) => {
        if (serve) return `export const ${key} = '/world-${key}.json';`;
        const reference = this.emitFile({ type: 'asset', name: `world-${key}.json`, source: geojson(scale, decimals) });
        return `export const ${key} = import.meta.ROLLUP_FILE_URL_${reference};`;
      });
      return lines.join('\n');
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const match = /^\/world-(far|near)\.json$/.exec(request.url ?? '');
        if (!match) return next();
        response.setHeader('content-type', 'application/json');
        response.end(geojson(...scales[match[1]]));
      });
    },
  };
}

/**
 * The outline of a picture, in hundredths of its units: a hundredth of a pixel where it is drawn. One with arcs stays as
 * it is, for their flags may stand side by side.
 */
function outline(svg) {
  const path = /<path[^>]*\sd="([^"]+)"/.exec(svg)[1].replace(/&#x[0-9a-f]+;/gi, ' ').trim();
  if (/a/i.test(path)) return path;
  const short = (number) => String(Math.round(number * 100) / 100).replace(/^(-?)0\./, '$1.');
  return path.match(/[a-z]|-?(\d+\.?\d*|\.\d+)/gi).map((part) => (/[a-z]/i.test(part) ? part : short(part))).join(' ').replace(/ ?([a-z]) ?| (?=-)/gi, '$1');
}

/** Lucide's signs and Maki's as the page draws them: what is inside of a picture's frame, or its outline alone. */
function signs() {
  return {
    name: 'signs',
    enforce: 'pre',
    load(id) {
      const [, from] = /(lucide-static|@mapbox\/maki)[^?]*\.svg\?raw$/.exec(id) ?? [];
      if (!from) return null;
      const svg = readFileSync(id.replace(/\?raw$/, ''), 'utf8');
      if (from === '@mapbox/maki') return `export default ${JSON.stringify(outline(svg))}`;
      const inside = svg.replace(/<!--.*?-->/s, '').replace(/<svg[^>]*>|<\/svg>/g, '').replace(/>\s+</g, '><').replaceAll(' />', '/>').trim();
      return `export default ${JSON.stringify(inside)}`;
    },
  };
}

/** `licences.txt`: the terms of everything of others that the page carries. */
function licences() {
  const carried = ['maplibre-gl', 'svelte', 'lucide-static', '@fontsource/alegreya-sans', '@mapbox/maki', 'world-atlas', 'polygon-clipping', '@openstreetmap/id', '@openstreetmap/id-tagging-schema'];
  return {
    name: 'licences',
    apply: 'build',
    generateBundle() {
      const texts = carried.map((name) => {
        const folder = fileURLToPath(new URL(`./node_modules/${name}/`, import.meta.url));
        const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
        const { version, license } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8'));
        return `${name} ${version} (${license})\n\n${file ? readFileSync(folder + file, 'utf8').trim() : ''}`;
      });
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: `Tequio is Apache-2.0. Its page carries these works of others; the map of the world is made from Natural Earth, which is in the public domain.\n\n${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n` });
    },
  };
}

/**
 * What does not change on the way is packed once, at its best, for whoever reads Brotli (a tenth less) and for whoever
 * does not, so that a server that starts only reads. The editor's nine megabytes would take half a minute at Brotli's
 * best, and two seconds nearly so.
 */
function packed() {
  return {
    name: 'packed',
    apply: 'build',
    enforce: 'post',
    writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle).filter((one) => /\.(js|css|json|html|svg|txt)$/.test(one))) {
        const bytes = readFileSync(`${dir}/${name}`);
        const quality = name.startsWith('assets/iD-') ? 9 : constants.BROTLI_MAX_QUALITY;
        writeFileSync(`${dir}/${name}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
        writeFileSync(`${dir}/${name}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

const backend = Object.fromEntries(['/api', '/tiles', '/ogc', '/oauth2', '/health'].map((path) => [path, process.env.TEQUIO_URL ?? 'http://127.0.0.1:8091']));

export default defineConfig({
  plugins: [signs(), svelte(), worldBackdrop(), editor(), licences(), packed()],
  server: { port: 5173, proxy: backend },
  preview: { port: 5174, proxy: backend },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1400,
    // The staff's and the community's pages, and rare ones, look up their parts themselves: the resident's first page does not list them.
    modulePreload: { polyfill: false, resolveDependencies: (file, parts) => (/enter-|QuestionPage-|VerifyCard-|StatisticsCard-/.test(file) ? [] : parts) },
  },
  worker: { format: 'es' },
});
