import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { loader } from '../load.mjs';

let vite, zone, things;
before(async () => {
  vite = await loader();
  zone = await vite.load('/src/staff/packs/zone.ts');
  things = await vite.load('/src/staff/casework/things.ts');
});
after(() => vite.close());

const SQUARE = [[-99.1, 19.4], [-99.099, 19.4], [-99.099, 19.401], [-99.1, 19.401]];
const feature = (geometry, properties = { uso: 'H' }) => ({ type: 'Feature', geometry, properties });

describe('a zone that is drawn', () => {
  test('of two corners, or whose sides cross, is no area', () => {
    const { shapeOf, isCrossed } = zone;
    assert.equal(shapeOf(SQUARE.slice(0, 2)), null);
    const bow = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]];
    assert.equal(isCrossed(bow), true);
    assert.equal(shapeOf(bow), null);
    assert.equal(isCrossed(SQUARE), false);
    assert.deepEqual(shapeOf(SQUARE).coordinates[0].at(-1), SQUARE[0], 'the ring is closed');
  });

  test('that only turns inwards crosses nothing', () => {
    assert.equal(zone.isCrossed([[0, 0], [4, 0], [4, 4], [2, 1], [0, 4]]), false);
  });

  test('is as large as the ground it covers', () => {
    // a thousandth of a degree of longitude is 104.9 m at this latitude, one of latitude 111.2 m
    assert.ok(Math.abs(zone.areaOf(SQUARE) - 104.88 * 111.19) < 15, String(zone.areaOf(SQUARE)));
    assert.equal(zone.areaOf(SQUARE.slice(0, 2)), 0);
  });

  test('moves whole, and takes a corner more between two', () => {
    const { moved, withMore, withoutCorner, between } = zone;
    assert.deepEqual(moved(SQUARE, 0.001, -0.002)[0], [-99.099, 19.398]);
    const more = withMore(SQUARE, 3, between(SQUARE, 3));
    assert.deepEqual(more[4], [-99.1, 19.4005]);
    assert.deepEqual(withoutCorner(more, 4), SQUARE);
  });

  test('begins with the part of a layer in which the place lies, not with a hole or another part', () => {
    const { areaAt } = zone;
    const shift = (ring, by) => [...ring, ring[0]].map(([x, y]) => [x + by, y]);
    const hole = [[-99.0997, 19.4003], [-99.0993, 19.4003], [-99.0993, 19.4007], [-99.0997, 19.4003]];
    const several = feature({ type: 'MultiPolygon', coordinates: [[shift(SQUARE, 0), hole], [shift(SQUARE, 0.01)]] });
    assert.equal(areaAt([feature(null), several], [-99.0994, 19.4004]), null, 'in the hole');
    assert.equal(areaAt([several], [-99.05, 19.4005]), null);
    assert.deepEqual(areaAt([several], [-99.0895, 19.4005]).ring, SQUARE.map(([x, y]) => [Number((x + 0.01).toFixed(7)), y]));
    assert.equal(areaAt([several], [-99.0895, 19.4005]).said.uso, 'H');
  });

  test('says nothing where nothing was written, and refuses letters where a number belongs', () => {
    const { valueOf } = zone;
    assert.equal(valueOf('  ', 'integer'), undefined);
    assert.equal(valueOf('0', 'integer'), 0, 'zero is said');
    assert.equal(valueOf('tres', 'integer'), null);
    assert.equal(valueOf('3.5', 'integer'), null);
    assert.equal(valueOf('3,5', 'decimal'), 3.5);
    assert.equal(valueOf('false', 'boolean'), false);
    assert.equal(valueOf('H3', 'text'), 'H3');
  });
});

describe('things that a decision may be about', () => {
  test('are as far as they are, and one without a position has none', () => {
    const { metersBetween, spotOf } = things;
    assert.equal(spotOf(null), null);
    assert.equal(spotOf({ type: 'GeometryCollection', geometries: [] }), null);
    assert.equal(spotOf({ type: 'MultiPoint', coordinates: [] }), null);
    assert.deepEqual(spotOf({ type: 'Point', coordinates: [-99.1, 19.4, 2240] }), [-99.1, 19.4]);
    assert.deepEqual(spotOf({ type: 'Polygon', coordinates: [[...SQUARE, SQUARE[0]]] }).map((one) => one.toFixed(4)), ['-99.0995', '19.4005']);
    assert.ok(Math.abs(metersBetween([-99.1, 19.4], [-99.1, 19.4001]) - 11.12) < 0.01);
  });
});
