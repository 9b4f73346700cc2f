import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { loader } from '../load.mjs';

let vite;
before(async () => {
  vite = await loader();
});
after(() => vite.close());

describe('the address', () => {
  test('says the whole state and is read back the same', async () => {
    const { readAddress, writeAddress } = await vite.load('/src/address.ts');
    const url = '/layers/rio#map=14.25/19.04321/-98.95&layers=rio,zonas:0.5@2025-01-31,calles@2024-02-29&at=-98.95,19.04&lang=pt&theme=dark';
    const [path, hash] = url.split('#');
    assert.equal(writeAddress(readAddress(path, `#${hash}`)), url);
  });
  test('leaves out what it cannot understand and keeps the rest', async () => {
    const { readAddress } = await vite.load('/src/address.ts');
    const address = readAddress('/', '#map=99/x/1&layers=,a:7@yesterday,a,b:0.25&at=500,3&theme=pink&lang=pt');
    assert.deepEqual(address, { path: '/', map: null, layers: [{ id: 'a', opacity: 1 }, { id: 'b', opacity: 0.25 }], at: null, lang: 'pt', theme: null });
  });
});

describe('the words', () => {
  test('share one name space: no two files give a key a text each, whichever of them are loaded together', async () => {
    const owner = new Map();
    for (const file of readdirSync(new URL('../../src/words/', import.meta.url)).filter((name) => /(^|\.)en\.ts$/.test(name))) {
      for (const key of Object.keys((await vite.load(`/src/words/${file}`)).default)) {
        assert.ok(!owner.has(key), `${key} stands in ${owner.get(key)} and in ${file}`);
        owner.set(key, file);
      }
    }
  });
  test('have the same blanks to fill in every language', async () => {
    const [es, pt, en] = await Promise.all(['es', 'pt', 'en'].map(async (lang) => (await vite.load(`/src/words/${lang}.ts`)).default));
    const blanks = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    for (const key of Object.keys(en)) {
      assert.deepEqual(blanks(es[key]), blanks(en[key]), `es ${key}`);
      assert.deepEqual(blanks(pt[key]), blanks(en[key]), `pt ${key}`);
    }
  });
  test('never call an absent figure zero', async () => {
    const { Say } = await vite.load('/src/say.ts');
    const say = new Say('es', (await vite.load('/src/words/es.ts')).default);
    assert.equal(say.value(null, 'm²'), 'sin dato');
    assert.equal(say.value(0, 'm²'), '0 m²');
  });
  test('write measures and days as their readers do', async () => {
    const { Say } = await vite.load('/src/say.ts');
    const [es, pt] = await Promise.all(['es', 'pt'].map(async (lang) => new Say(lang, (await vite.load(`/src/words/${lang}.ts`)).default)));
    assert.equal(es.value(25_000, 'm²'), '2.5 ha');
    assert.equal(pt.value(1234.5, 'm'), '1.234,5 m');
    assert.match(es.date('2024-02-01'), /1 feb 2024/);
  });
});

describe('the look of a layer', () => {
  const layer = (more) => ({ id: 'x', theme: 'other', standard: null, geometry: 'POLYGON', tiles: '/t', fields: [], ...more });
  const field = (name) => ({ name, type: 'text', label: name, unit: null });
  const values = (...list) => ({ values: list.map((value) => ({ value, label: String(value), count: 1 })), truncated: false });

  test('orders hazards from little to much whatever order they came in', async () => {
    const { classify } = await vite.load('/src/map/look.ts');
    const look = classify(layer({ theme: 'risk', standard: 'risk.ladera' }), field('intensidad'), values('Muy alto', 'Bajo', 'Medio', 'Muy bajo', 'Alto'), String);
    assert.deepEqual(look.classes.map((one) => one.label), ['Muy bajo', 'Bajo', 'Medio', 'Alto', 'Muy alto']);
    assert.ok(look.ordered);
  });
  test('does not take a column of names for classes', async () => {
    const { classify } = await vite.load('/src/map/look.ts');
    const many = { ...values(...Array.from({ length: 50 }, (_, i) => `calle ${i}`)), truncated: true };
    assert.equal(classify(layer({}), field('tipo'), many, String), null);
  });
  test('says that some things are in no class', async () => {
    const { classify } = await vite.load('/src/map/look.ts');
    const look = classify(layer({}), field('tipo'), values('a', 'b', null), String);
    assert.ok(look.others);
    assert.equal(look.classes.length, 2);
  });
  test('cuts many numbers into five classes', async () => {
    const { classify } = await vite.load('/src/map/look.ts');
    const look = classify(layer({}), { ...field('grado'), unit: 'mm' }, values(...Array.from({ length: 40 }, (_, i) => i * 2)), String);
    assert.equal(look.classes.length, 5);
    assert.match(look.classes[4].label, /\+ mm$/);
  });
  test('finds how the city calls its streets and names', async () => {
    const { nameField, streetClassField } = await vite.load('/src/map/look.ts');
    const streets = layer({ fields: [field('ID'), field('NOMVIAL'), field('TIPOVIAL')] });
    assert.equal(nameField(streets), 'NOMVIAL');
    assert.equal(streetClassField(streets), 'TIPOVIAL');
  });
});

describe('where a layer has no data', () => {
  const box = (w, s, e, n) => ({ type: 'Polygon', coordinates: [[[w, s], [e, s], [e, n], [w, n], [w, s]]] });
  test('is the city without what the layer covers, even where that lies outside the city', async () => {
    const { unreachedOf } = await vite.load('/src/map/unreached.ts');
    const left = unreachedOf(box(5, -5, 20, 20), box(0, 0, 10, 10), null);
    assert.deepEqual(left.coordinates[0][0].map(([x]) => x).sort((a, b) => b - a)[0], 5);
  });
  test('is nothing where the layer covers the whole city, and unknown where it does not say', async () => {
    const { unreachedOf } = await vite.load('/src/map/unreached.ts');
    assert.equal(unreachedOf(box(-1, -1, 11, 11), null, [0, 0, 10, 10]), null);
    assert.equal(unreachedOf(null, null, [0, 0, 10, 10]), null);
  });
});

test('a city without any known layer still has a valid, nearly empty style', async () => {
  const { styleOf } = await vite.load('/src/map/style.ts');
  const style = styleOf({ origin: 'http://x', layers: [], overlays: [], colors: {}, dark: false, cityName: 'X', bbox: null, world: { far: null, near: null }, countries: null, at: null, selected: null, attempt: 0 });
  assert.deepEqual(style.layers.map((one) => one.id), ['ground']);
});
