// How an area is read, judged and cut into tasks before there is a project.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { loader } from '../load.mjs';

const written = (name) => JSON.parse(readFileSync(new URL(`../../../../community/mapping/src/test/resources/org/tequio/mapping/area/${name}.json`, import.meta.url), 'utf8'));
let vite;
let area;
let grid;
let polygons;
before(async () => {
  vite = await loader();
  area = await vite.load('/src/community/create/area.ts');
  grid = await vite.load('/src/community/create/grid.ts');
  polygons = await vite.load('/src/community/create/polygons.ts');
});
after(() => vite.close());

const drawn = (...rings) => JSON.stringify({ type: 'Polygon', coordinates: rings });
const kinds = (text) => area.readArea(text).faults.map((one) => one.kind);

describe('the grid', () => {
  test('the page cuts areas of every kind as the server does', () => {
    const areas = new Map(written('areas').map((one) => [one.name, area.areaOf(area.readArea(JSON.stringify(one.area)))]));
    for (const { name, zoom, suggestedZoom, squareMeters, whole, clipped } of written('grids')) {
      const { ground, squareMeters: size } = areas.get(name);
      assert.ok(Math.abs(size - squareMeters) <= squareMeters * 1e-7 + 1, `${name}: ${size} m², not ${squareMeters}`);
      assert.equal(grid.suggestedZoom(ground), suggestedZoom, name);
      assert.deepEqual(grid.gridOf(ground, zoom, false).map(({ tile }) => [tile.x, tile.y]), whole, `${name}, whole tiles of ${zoom}`);
      const mine = grid.gridOf(ground, zoom, true);
      assert.deepEqual(mine.map(({ tile, square }) => [tile.x, tile.y, square]), clipped.map(([x, y, cut]) => [x, y, !cut]), `${name}, clipped to ${zoom}`);
      mine.forEach((one, i) => {
        if (one.square) return;
        const [, , theirs] = clipped[i];
        const [a, b, both] = [one.ground, theirs.coordinates, polygons.shared(one.ground, theirs.coordinates)].map(polygons.squareMeters);
        assert.ok(a + b - 2 * both < 1, `${name}, ${one.tile.x}/${one.tile.y}: ${a + b - 2 * both} m² are not the same`);
      });
    }
  });
  test('a tile stands where the server puts it', () => {
    const [west, , , north] = polygons.boxOf(grid.square({ x: 0, y: 0, zoom: 1 }).ground);
    assert.deepEqual([west, north], [-180, 0]);
  });
  test('more tasks than a project may have are refused before they are made', () => {
    const { ground } = area.areaOf(area.readArea(drawn([[-99.5, 19], [-99, 19], [-99, 19.5], [-99.5, 19.5], [-99.5, 19]])));
    assert.throws(() => grid.gridOf(ground, 20, false), grid.TooMany);
  });
  test('the pieces of a task are its ground again, and so is what is joined after being split', () => {
    for (const one of [grid.square({ x: 3680, y: 9100, zoom: 14 }), { tile: null, square: false, ground: [[[[0, 0], [0.03, 0], [0.03, 0.01], [0.01, 0.01], [0.01, 0.03], [0, 0.03], [0, 0]]]], properties: { nombre: 'Barrio' } }]) {
      const pieces = grid.split(one);
      assert.ok(pieces.length > 1);
      const sum = pieces.reduce((all, piece) => all + polygons.squareMeters(piece.ground), 0);
      assert.ok(Math.abs(sum - polygons.squareMeters(one.ground)) < 1e-4 * sum);
      const again = grid.merge(pieces);
      assert.ok(Math.abs(polygons.squareMeters(again.ground) - sum) < 1e-6 * sum);
      assert.deepEqual(again.properties, one.properties);
    }
  });
  test('tasks that do not hang together are not joined', () => {
    assert.equal(grid.merge([grid.square({ x: 10, y: 10, zoom: 14 }), grid.square({ x: 12, y: 10, zoom: 14 })]), null);
    assert.equal(grid.merge([grid.square({ x: 10, y: 10, zoom: 14 }), grid.square({ x: 11, y: 11, zoom: 14 })]), null);
  });
});

describe('an area', () => {
  test('that is none says what it is instead', () => {
    assert.deepEqual(kinds('no es json'), ['not_geojson']);
    assert.deepEqual(kinds('{"type":"Topology"}'), ['not_geojson']);
    assert.deepEqual(kinds('{"type":"FeatureCollection","features":[]}'), ['no_area']);
    const lines = area.readArea('{"type":"FeatureCollection","features":[{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[0,0]}}]}');
    assert.deepEqual([lines.faults[0].kind, lines.skipped], ['no_area', 1]);
  });
  test('with faults tells each with its place', () => {
    const { faults } = area.readArea(drawn([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]));
    assert.deepEqual(faults, [{ kind: 'crossing', at: [0.5, 0.5], part: 1 }]);
    assert.deepEqual(area.readArea(drawn([[0, 0], [1, 0], [1, 1], [0, 1]])).faults, [{ kind: 'open', at: [0, 0], part: 1 }]);
    assert.deepEqual(kinds(drawn([[0, 0], [1, 1]])), ['few']);
    assert.deepEqual(kinds(drawn([[484000, 2146000], [484100, 2146000], [484100, 2146100], [484000, 2146000]])), ['outside']);
    assert.deepEqual(kinds(drawn([[19, -99], [19.1, -99], [19.1, -99.1], [19, -99]])), ['swapped']);
    assert.deepEqual(kinds(drawn([[0, 0], [1, 0], [2, 0], [1, 0], [1, 1], [0, 0]])), ['spike']);
    assert.deepEqual(kinds(drawn([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]], [[2, 2], [3, 2], [3, 3], [2, 2]])), ['hole']);
  });
  test('whose borders only touch is none the worse', () => {
    assert.deepEqual(kinds(drawn([[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]], [[0, 0], [1, 0.5], [0.5, 1], [0, 0]])), []);
  });
  test('is mended only where that takes no guessing', () => {
    for (const ring of [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]], [[0, 0], [1, 0], [1, 1], [0, 1]], [[19, -99], [19.1, -99], [19.1, -99.1], [19, -99]]]) {
      const { parts, faults } = area.readArea(drawn(ring));
      assert.ok(area.canMend(faults));
      assert.deepEqual(area.checked(area.mended(parts, faults)).faults, []);
    }
    assert.ok(!area.canMend(area.readArea(drawn([[0, 0], [1, 1]])).faults));
  });
  test('of a hundred thousand positions is judged in a moment', () => {
    const n = 100_000;
    const ring = Array.from({ length: n }, (_, i) => [Math.cos((2 * Math.PI * i) / n) * (1 - 0.0005 * (i % 2)), Math.sin((2 * Math.PI * i) / n) * (1 - 0.0005 * (i % 2))]);
    const began = performance.now();
    assert.deepEqual(kinds(drawn([...ring, ring[0]])), []);
    assert.ok(performance.now() - began < 8000);
  });
});
