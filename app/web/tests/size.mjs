// How much script the first page of a resident is, compressed. MapLibre's worker runs beside the page and is counted apart.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const assets = fileURLToPath(new URL('../dist/assets/', import.meta.url));
/** Chunks the home page loads: everything its entry and its two lazy parts (one language, the map) reach, cards excluded. */
export function firstPage() {
  const files = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const entry = /src="\/assets\/([^"]+\.js)"/.exec(readFileSync(new URL('../dist/index.html', import.meta.url), 'utf8'))[1];
  const wanted = new Set();
  const visit = (name) => {
    if (wanted.has(name) || !files.includes(name)) return;
    wanted.add(name);
    const text = readFileSync(assets + name, 'utf8');
    for (const [, other] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) visit(other);
  };
  visit(entry);
  visit(files.find((name) => name.startsWith('city-map')));
  visit(files.find((name) => name.startsWith('es-')));
  const size = (name) => gzipSync(readFileSync(assets + name), { level: 9 }).length;
  return { scripts: [...wanted].map((name) => [name, size(name)]), total: [...wanted].reduce((sum, name) => sum + size(name), 0), worker: size(files.find((name) => name.includes('worker'))) };
}
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { scripts, total, worker } = firstPage();
  for (const [name, bytes] of scripts) process.stdout.write(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${name}\n`);
  process.stdout.write(`${(total / 1000).toFixed(1).padStart(8)} kB  first page, gzip\n${(worker / 1000).toFixed(1).padStart(8)} kB  MapLibre's worker, beside it\n`);
}
