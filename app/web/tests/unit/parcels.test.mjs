import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loader } from '../load.mjs';

let vite, partsOf, choicesOf;
before(async () => {
  vite = await loader();
  ({ partsOf, choicesOf } = await vite.load('/src/staff/casework/parcels.ts'));
});
after(() => vite.close());

const KEY = 'cuenta_catastral';
const AREA = { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] };
const file = (...features) => JSON.stringify({ type: 'FeatureCollection', features });
const parcel = (geometry, properties) => ({ type: 'Feature', geometry, properties });

test('what is no file of features is told as that', () => {
  for (const text of ['', '{', '[]', 'null', '{"features": 5}', '\u0000']) assert.equal(partsOf(text, KEY), 'parcels_no_file', text);
});

test('points, nothing and features without a place are no parcels', () => {
  assert.equal(partsOf(file(), KEY), 'parcels_no_areas');
  assert.equal(partsOf(file(parcel({ type: 'Point', coordinates: [0, 0] }, { [KEY]: 'A' })), KEY), 'parcels_no_areas');
  assert.equal(partsOf(file(parcel(null, { [KEY]: 'A' })), KEY), 'parcels_no_areas');
  assert.equal(partsOf(file(null), KEY), 'parcels_no_areas');
});

test('a parcel without a key is told, and zero is one', () => {
  assert.equal(partsOf(file(parcel(AREA, { [KEY]: 'A' }), parcel(AREA, null)), KEY), 'parcels_no_key');
  assert.equal(partsOf(file(parcel(AREA, { [KEY]: '  ' })), KEY), 'parcels_no_key');
  assert.deepEqual(partsOf(file(parcel(AREA, { [KEY]: 0 })), KEY)[0].values, { [KEY]: '0' });
});

test('the parcels of a file keep their shape and their key, and nothing else', () => {
  assert.deepEqual(partsOf(file(parcel(AREA, { [KEY]: ' 12-A ', owner: 'Bruno' })), KEY), [{ geometry: AREA, values: { [KEY]: '12-A' } }]);
});

test('of several changes of a layer one is said; what can only be one thing follows by itself', () => {
  const back = (change, layer, ...keys) => ({ change, layer, title: layer, name: null, key: 'id', things: keys.map((key, feature) => ({ key, feature })) });
  const pruned = back('update', 'amb.arbol', 'A-1');
  const felled = back('remove', 'amb.arbol', 'A-1');
  assert.deepEqual(choicesOf([pruned, felled, back('update', 'pub.obra', 'O-1'), back('add', 'ref.domicilio')]), [[pruned, felled]]);
  assert.deepEqual(choicesOf([back('split', 'cat.predio', 'P-1'), back('merge', 'cat.predio', 'P-1')]), []);
  assert.equal(choicesOf([back('remove', 'amb.arbol', 'A-1', 'A-2')]).length, 1);
});
