import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('./node_modules/@openstreetmap/', import.meta.url));
const LOCALES = ['en', 'es', 'pt', 'pt-BR'];

/** Addresses that are compiled into iD, and the folder of ours, beside its files, that takes the place of each. */
const REPLACED = {
  'https://cdn.jsdelivr.net/npm/@openstreetmap/id-tagging-schema@{presets_version}/': 'schema/',
  'https://cdn.jsdelivr.net/npm/osm-community-index@{version}/': 'community/',
  'https://cdn.jsdelivr.net/npm/wmf-sitematrix@{version}/': 'wikipedia/',
  'https://cdn.jsdelivr.net/npm/name-suggestion-index@{version}/': 'names/',
  'https://nominatim.openstreetmap.org/': '/api/search/none/',
  'https://taginfo.openstreetmap.org/api/4/': '/api/search/none/',
};
/** What iD says of where the edits go, in each language; here they go to the city's community map and to nobody else. */
const SAID = {
  en: {
    commit: { title: 'Upload to the community map', upload_explanation: 'What you upload is on the city\'s community map at once.', upload_explanation_with_user: 'What you upload as {user} is on the city\'s community map at once.' },
    save: { help: 'Look over your changes and upload them to the community map.', uploading: 'Uploading to the community map...', conflict: { done: 'Choose a version for each of them, then save.' } },
    success: { just_edited: 'The community map has your changes!', help_html: 'Everybody sees them from now on.', view_on_osm: 'See what was uploaded' },
    osm_api_status: { message: { error: 'The community map cannot be reached. Your edits are kept in the draft. Check your connection.', offline: 'The community map is not available. Your edits are kept in the draft. Please come back later.', rateLimited: 'The community map asks you to wait a moment.' } },
  },
  es: {
    commit: { title: 'Enviar al mapa comunitario', upload_explanation: 'Lo que se envía queda al instante en el mapa comunitario de la ciudad.', upload_explanation_with_user: 'Lo que se envía como {user} queda al instante en el mapa comunitario de la ciudad.' },
    save: { help: 'Revisar los cambios y enviarlos al mapa comunitario.', uploading: 'Enviando al mapa comunitario…', conflict: { done: 'Elija una versión de cada uno y guarde.' } },
    success: { just_edited: '¡El mapa comunitario ya tiene sus cambios!', help_html: 'Desde ahora toda la gente los ve.', view_on_osm: 'Ver lo que se envió' },
    osm_api_status: { message: { error: 'No se alcanza el mapa comunitario. Los cambios se guardan en el borrador. Revise su conexión.', offline: 'El mapa comunitario no está disponible. Los cambios se guardan en el borrador. Vuelva más tarde.', rateLimited: 'El mapa comunitario pide esperar un momento.' } },
  },
  pt: {
    commit: { title: 'Enviar ao mapa comunitário', upload_explanation: 'O que se envia fica na hora no mapa comunitário da cidade.', upload_explanation_with_user: 'O que se envia como {user} fica na hora no mapa comunitário da cidade.' },
    save: { help: 'Rever as mudanças e enviá-las ao mapa comunitário.', uploading: 'Enviando ao mapa comunitário…', conflict: { done: 'Escolha uma versão de cada um e salve.' } },
    success: { just_edited: 'O mapa comunitário já tem suas mudanças!', help_html: 'A partir de agora todos as veem.', view_on_osm: 'Ver o que foi enviado' },
    osm_api_status: { message: { error: 'Não se alcança o mapa comunitário. As mudanças ficam guardadas no rascunho. Verifique sua conexão.', offline: 'O mapa comunitário não está disponível. As mudanças ficam guardadas no rascunho. Volte mais tarde.', rateLimited: 'O mapa comunitário pede para esperar um momento.' } },
  },
};
/** Pictures of street-photo services, which are switched off, and the map of the world's imagery: the city has its own. */
const LEFT_OUT = /^(img\/mapillary-.*|data\/imagery\.min\.json)$/;

const json = (value) => Buffer.from(JSON.stringify(value));
const below = (folder) => readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, name)).isFile());

/** iD's script with no address of others in the places where it would fetch something by itself. */
function script() {
  let text = readFileSync(`${packages}id/dist/iD.min.js`, 'utf8');
  for (const [theirs, ours] of Object.entries(REPLACED)) {
    const parts = text.split(`"${theirs}"`);
    if (parts.length !== 2) throw new Error(`iD names ${theirs} ${parts.length - 1} times, not once: look at what this version fetches from where`);
    text = parts.join(JSON.stringify(ours));
  }
  if (text.includes('cdn.jsdelivr.net')) throw new Error('iD fetches something new from a CDN: find it, and give it a place of ours');
  return Buffer.from(text.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n'));
}

/** iD's words of a language, with ours where it would name a map that the edits do not go to. */
function ofOurMap(bytes, locale) {
  const words = JSON.parse(bytes);
  const say = (within, said, place) => {
    for (const [key, text] of Object.entries(said)) {
      if (typeof within?.[key] !== typeof text) throw new Error(`iD has no word ${place}${key} in ${locale} any more`);
      if (typeof text === 'string') within[key] = text;
      else say(within[key], text, `${place}${key}.`);
    }
  };
  say(words[locale], SAID[locale.slice(0, 2)], '');
  return json(words);
}

/** Every file of the editor by its name: iD without the languages that the page does not speak, and the tagging schema beside it. */
function files() {
  const all = new Map([['iD.min.js', script()], ['iD.css', readFileSync(`${packages}id/dist/iD.css`)]]);
  for (const folder of ['img', 'data']) {
    for (const name of below(`${packages}id/dist/${folder}`)) {
      const path = `${folder}/${name}`;
      if (!LEFT_OUT.test(path)) all.set(path, readFileSync(`${packages}id/dist/${path}`));
    }
  }
  const languages = (from, to) => {
    const index = JSON.parse(readFileSync(`${from}/index.min.json`, 'utf8'));
    all.set(`${to}/index.min.json`, json(Object.fromEntries(LOCALES.map((one) => [one, index[one]]))));
    for (const one of LOCALES) all.set(`${to}/${one}.min.json`, readFileSync(`${from}/${one}.min.json`));
  };
  languages(`${packages}id/dist/locales`, 'locales');
  for (const one of LOCALES) all.set(`locales/${one}.min.json`, ofOurMap(all.get(`locales/${one}.min.json`), one));
  languages(`${packages}id-tagging-schema/dist/translations`, 'schema/dist/translations');
  for (const name of ['deprecated', 'discarded', 'fields', 'preset_categories', 'preset_defaults', 'presets']) {
    const path = `dist/${name}.min.json`;
    all.set(`schema/${path}`, readFileSync(`${packages}id-tagging-schema/${path}`));
  }
  // what iD asks for by itself after an upload, and beside a field of Wikipedia's: nothing of the wide world
  all.set('community/dist/json/defaults.min.json', json({ defaults: {} }));
  all.set('community/dist/json/featureCollection.min.json', json({ type: 'FeatureCollection', features: [] }));
  all.set('community/dist/json/resources.min.json', json({ resources: {} }));
  all.set('wikipedia/data/wikipedia.min.json', json([['Spanish', 'Español', 'es'], ['Portuguese', 'Português', 'pt'], ['English', 'English', 'en']]));
  return all;
}

/**
 * iD and its tagging schema as files of our own origin, under a name that changes with them: `virtual:editor` gives the
 * folder's address. Whoever does not map never fetches any of it.
 */
export function editor() {
  const name = 'virtual:editor';
  let known;
  const content = () => {
    if (!known) {
      const all = files();
      const hash = createHash('sha256');
      for (const [path, bytes] of all) hash.update(path).update(bytes);
      known = { all, folder: `assets/iD-${hash.digest('hex').slice(0, 8)}/` };
    }
    return known;
  };
  return {
    name: 'editor',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) => (id === `\0${name}` ? `export const folder = ${JSON.stringify(`/${content().folder}`)};` : null),
    generateBundle() {
      const { all, folder } = content();
      for (const [path, source] of all) this.emitFile({ type: 'asset', fileName: folder + path, source });
    },
    writeBundle() {
      const total = [...content().all.values()].reduce((sum, bytes) => sum + bytes.length, 0);
      this.info(`the editor: ${content().all.size} files, ${(total / 1e6).toFixed(1)} MB`);
    },
    configureServer(server) {
      const types = { js: 'text/javascript', css: 'text/css', json: 'application/json', svg: 'image/svg+xml', png: 'image/png', gif: 'image/gif' };
      server.middlewares.use((request, response, next) => {
        const { all, folder } = content();
        const bytes = all.get((request.url ?? '').slice(1 + folder.length).replace(/\?.*$/, ''));
        if (!bytes || !request.url.startsWith(`/${folder}`)) return next();
        response.setHeader('content-type', types[request.url.split('.').pop()] ?? 'application/octet-stream');
        response.end(bytes);
      });
    },
  };
}
