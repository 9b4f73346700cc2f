import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { loader } from '../load.mjs';

let vite;
before(async () => {
  vite = await loader();
});
after(() => vite.close());

describe('colours for every eye', () => {
  test('neighbours in every scheme, and the first kinds, are told apart by all', async () => {
    const { RAMPS, KINDS, colorsOf } = await vite.load('/src/staff/layers/ramps.ts');
    const { alike, distance } = await vite.load('/src/staff/layers/vision.ts');
    assert.deepEqual(alike(KINDS.slice(0, 6)), []);
    for (const ramp of Object.keys(RAMPS)) {
      const five = colorsOf(ramp, 5);
      five.slice(1).forEach((color, i) => assert.ok(distance(five[i], color) >= 6, `${ramp}: ${five[i]} ${color} ${distance(five[i], color)}`));
    }
  });
  test('red and green of one lightness are taken for each other; black and white never', async () => {
    const { alike, contrast } = await vite.load('/src/staff/layers/vision.ts');
    assert.deepEqual(alike(['#a05a2c', '#0000ff', '#6b7a2a']), [[0, 2]]);
    assert.deepEqual(alike(['#000000', '#ffffff']), []);
    assert.equal(Math.round(contrast('#000000', '#ffffff')), 21);
  });
});

describe('numbers cut into classes', () => {
  const tallies = (...values) => values.map((value) => [value, 1]);
  test('at the natural gaps, however the values are ordered', async () => {
    const { breaks } = await vite.load('/src/staff/layers/breaks.ts');
    assert.deepEqual(breaks('jenks', tallies(101, 2, 50, 1, 100, 51, 3, 52, 99), 3), [1, 50, 99]);
  });
  test('exactly: no other cuts have a smaller spread within classes', async () => {
    const { breaks } = await vite.load('/src/staff/layers/breaks.ts');
    const values = [1, 1.5, 4, 4.2, 5, 9, 9.1, 12, 20, 21];
    const spread = (cuts) => {
      const groups = cuts.map((from, i) => values.filter((value) => value >= from && value < (cuts[i + 1] ?? Infinity)));
      return groups.reduce((sum, group) => { const mean = group.reduce((a, b) => a + b, 0) / group.length; return sum + group.reduce((a, b) => a + (b - mean) ** 2, 0); }, 0);
    };
    let best = Infinity;
    for (let i = 1; i < values.length; i++) for (let j = i + 1; j < values.length; j++) for (let k = j + 1; k < values.length; k++) best = Math.min(best, spread([values[0], values[i], values[j], values[k]]));
    assert.ok(Math.abs(spread(breaks('jenks', tallies(...values), 4)) - best) < 1e-9);
  });
  test('with large numbers close together, whose squares would swallow the differences', async () => {
    const { breaks } = await vite.load('/src/staff/layers/breaks.ts');
    const base = 2_105_511_900;
    assert.deepEqual(breaks('jenks', tallies(base, base + 0.1, base + 5, base + 5.1, base + 9, base + 9.1), 3), [base, base + 5, base + 9]);
  });
  test('as many in each class, equal values together', async () => {
    const { breaks } = await vite.load('/src/staff/layers/breaks.ts');
    assert.deepEqual(breaks('quantile', [[1, 1], [2, 1], [3, 8], [4, 1], [5, 1]], 4), [1, 4, 5]);
    const cuts = breaks('quantile', Array.from({ length: 100 }, (_, i) => [i, 1]), 5);
    assert.deepEqual(cuts, [0, 20, 40, 60, 80]);
  });
  test('at limits that someone wrote, as far as values lie on both sides of them', async () => {
    const { breaks, limitsOf } = await vite.load('/src/staff/layers/breaks.ts');
    assert.deepEqual(limitsOf('12,5; 1,200.5 ;; x; 7'), [12.5, 1200.5, 7]);
    assert.deepEqual(breaks('manual', tallies(1, 5, 9), 5, [7, 3, 3, -2, 99, NaN]), [1, 3, 7]);
    assert.deepEqual(breaks('manual', tallies(4), 5, []), [4]);
  });
  test('at round numbers, never more classes than were asked for', async () => {
    const { breaks } = await vite.load('/src/staff/layers/breaks.ts');
    assert.deepEqual(breaks('pretty', tallies(3, 17, 42, 55, 61, 99), 5), [0, 20, 40, 60, 80]);
    assert.deepEqual(breaks('pretty', tallies(0.12, 0.2, 0.31, 0.44), 3), [0, 0.2, 0.4]);
    for (const classes of [3, 4, 5, 6, 7]) {
      const cuts = breaks('pretty', Array.from({ length: 50 }, (_, i) => [-1e6 + i * 41_233.7, 1]), classes);
      assert.ok(cuts.length <= classes && cuts.length > 1, `${cuts}`);
    }
  });
  test('by standard deviations around the mean', async () => {
    const { breaks } = await vite.load('/src/staff/layers/breaks.ts');
    const cuts = breaks('deviation', tallies(0, 0, 10, 10, 4, 6, 5, 5), 4);
    assert.equal(cuts[0], 0);
    assert.deepEqual(cuts.slice(1).map((one) => Math.round(one * 100) / 100), [1.43, 5, 8.57]);
  });
  test('whatever the method, one value is one class and infinite ones are none', async () => {
    const { breaks, METHODS } = await vite.load('/src/staff/layers/breaks.ts');
    for (const method of METHODS) {
      assert.deepEqual(breaks(method, [[7, 12]], 5, [3]), [7], method);
      assert.deepEqual(breaks(method, [[Infinity, 1], [NaN, 2]], 5), [], method);
    }
  });
  test('fewer classes where there are not so many values, none where there are none', async () => {
    const { breaks } = await vite.load('/src/staff/layers/breaks.ts');
    assert.deepEqual(breaks('jenks', [[7, 30], [3, 2]], 5), [3, 7]);
    assert.deepEqual(breaks('equal', [[NaN, 3], [1, 0]], 5), []);
  });
  test('twenty thousand different values are cut in order', { timeout: 60_000 }, async () => {
    const { breaks } = await vite.load('/src/staff/layers/breaks.ts');
    const many = Array.from({ length: 20_000 }, (_, i) => [Math.sin(i) * 1e4, 1 + (i % 3)]);
    const cuts = breaks('jenks', many, 7);
    assert.equal(cuts.length, 7);
    assert.ok(cuts.every((cut, i) => i === 0 || cut > cuts[i - 1]));
  });
});

describe('a layer described by two people at once', () => {
  const settings = (more) => ({ title: { es: 'A' }, description: null, theme: 'x', department: null, licence: null, rhythm: null, contact: null, keywords: [], standard: null, access: 'public', fields: [], rules: { auto: false, maxRemovedShare: 0.05, maxChangedShare: 0.2, noErrors: true }, style: null, ...more });
  test('is joined where they changed different parts, and asked about where they changed the same', async () => {
    const { merged } = await vite.load('/src/staff/layers/settings.ts');
    const base = settings({});
    const { value, conflicts } = merged(base, settings({ licence: 'CC0-1.0', theme: 'y' }), settings({ licence: 'ODbL-1.0', keywords: ['k'] }));
    assert.deepEqual(conflicts, ['licence']);
    assert.deepEqual([value.licence, value.theme, value.keywords], ['CC0-1.0', 'y', ['k']]);
  });
  test('is no conflict where both wrote the same', async () => {
    const { merged } = await vite.load('/src/staff/layers/settings.ts');
    assert.deepEqual(merged(settings({}), settings({ theme: 'z' }), settings({ theme: 'z' })).conflicts, []);
  });
  test('sends blanks as unsaid, and a text in one language reads the same in the others', async () => {
    const { tidied } = await vite.load('/src/staff/layers/settings.ts');
    const sent = tidied(settings({ title: { es: ' Predios ', en: '' }, description: { es: '  ' }, licence: ' ', contact: { office: '', email: null, phone: null, url: null }, fields: [{ name: 'a', label: {}, unit: '', dataClass: null, standard: null }, { name: 'b', label: null, unit: 'm', dataClass: null, standard: null }] }));
    assert.deepEqual(sent.title, { es: 'Predios', pt: 'Predios', en: 'Predios' });
    assert.deepEqual([sent.description, sent.licence, sent.contact], [null, null, null]);
    assert.deepEqual(sent.fields.map((field) => field.name), ['b']);
  });
});

describe('a style', () => {
  const layer = { id: 'lotes', theme: 'cadastre', standard: null, geometry: 'MULTIPOLYGON', tiles: '/t', count: 10, minZoom: 0, maxZoom: 18, bbox: null, fields: [{ name: 'sup', type: 'real', label: 'Superficie', unit: 'm²' }, { name: 'uso', type: 'text', label: 'Uso', unit: null }] };
  const draft = { by: 'numbers', color: '#333333', field: 'sup', method: 'equal', classes: 4, ramp: 'viridis', reversed: false, colors: {}, label: 'uso', icon: null, zooms: [12, 18] };
  const values = { values: [[0, 1], [10, 2], [20, 3], [30, 4], [40, 5], [null, 1]].map(([value, count]) => ({ value, label: String(value), count })), truncated: false };
  test('counts the things of each class and says that some are in none', async () => {
    const { lookOf } = await vite.load('/src/staff/layers/styling.ts');
    const look = lookOf(layer, draft, values, String);
    assert.deepEqual(look.classes.map((one) => one.count), [1, 2, 3, 9]);
    assert.ok(look.others);
    assert.match(look.classes[3].label, /30 – 40 m²/);
  });
  test('survives being kept as JSON: the map and the legend are the same again', async () => {
    const { lookOf, styleOf, draftOf } = await vite.load('/src/staff/layers/styling.ts');
    const { chosenLook } = await vite.load('/src/map/look.ts');
    const look = lookOf(layer, draft, values, String);
    const kept = JSON.parse(JSON.stringify(styleOf(layer, draft, look)));
    assert.deepEqual(chosenLook({ ...layer, style: kept }), look);
    assert.deepEqual(draftOf(kept), draft);
    assert.ok(kept.layers.every((one) => one.minzoom >= 12 && one.maxzoom <= 18), 'the chosen zooms hold for every layer');
    assert.ok(kept.layers.some((one) => one.type === 'symbol' && JSON.stringify(one.layout['text-field']).includes('uso')));
    assert.ok(!JSON.stringify(kept).includes('://'), 'a style refers to nothing outside');
  });
  test('of other programs is no look of ours', async () => {
    const { chosenLook } = await vite.load('/src/map/look.ts');
    assert.equal(chosenLook({ ...layer, style: { version: 8, layers: [] } }), null);
    assert.equal(chosenLook({ ...layer, style: { metadata: { 'tequio:look': { color: 7 } } } }), null);
  });
});

describe('groups that were compared', () => {
  const group = { n: 1, state: 'matched', score: 1, evidence: [], differences: [], members: [{ layer: 'a', feature: 1, bbox: [0, 0, 1, 1] }, { layer: 'b', feature: 2, bbox: [1, 1, 3, 2] }] };
  test('take the value of whoever is right, else of whoever says something, and never invent one', async () => {
    const { resultOf } = await vite.load('/src/staff/reconcile/answers.ts');
    const difference = { attribute: 'pop', values: { a: null, b: 0 }, meters: null, areaM2: null };
    assert.deepEqual(resultOf(group, difference, { pop: 'b' }), { layer: 'b', value: 0 });
    assert.deepEqual(resultOf(group, difference, { pop: 'a' }), { layer: 'b', value: 0 });
    assert.deepEqual(resultOf(group, { ...difference, values: { a: null, b: '' } }, { pop: 'a' }), { layer: 'a', value: null });
    assert.equal(resultOf(group, difference, {}), null);
    assert.equal(resultOf(group, difference, { pop: 'c' }), null);
  });
  test('are seen whole, with air around them', async () => {
    const { around } = await vite.load('/src/staff/reconcile/answers.ts');
    const [west, south, east, north] = around(group.members);
    assert.ok(west < 0 && south < 0 && east > 3 && north > 2);
    assert.equal(around([{ bbox: null }]), null);
  });
});

test('the same rhythm is the same however it is written', async () => {
  const { offered, hoursOf } = await vite.load('/src/staff/sources/kind.ts');
  assert.equal(offered('PT168H'), 'P7D');
  assert.equal(offered('PT720H'), 'P30D');
  assert.equal(offered('PT5M'), 'PT5M');
  assert.ok(Number.isNaN(hoursOf('P1M')));
});

test('the most urgent request stands first, what is done last, and no day is lost', async () => {
  const { byUrgency, daysLeft } = await vite.load('/src/staff/privacy/answers.ts');
  const now = Date.parse('2026-11-25T12:00:00Z');
  const one = (id, due, state = 'open') => ({ id, due, state });
  const sorted = [one('done', '2026-11-01T00:00:00Z', 'answered'), one('later', '2026-12-20T00:00:00Z'), one('late', '2026-11-20T00:00:00Z'), one('today', '2026-11-25T23:59:00Z')].sort(byUrgency(now));
  assert.deepEqual(sorted.map(({ id }) => id), ['late', 'today', 'later', 'done']);
  assert.equal(daysLeft(one('x', '2026-11-25T23:59:00Z'), now), 0);
  assert.equal(daysLeft(one('x', '2026-11-25T11:00:00Z'), now), -1);
});

test('the staff words have the same blanks to fill in every language', async () => {
  for (const file of ['data', 'staff']) {
    const [es, pt, en] = await Promise.all(['es', 'pt', 'en'].map(async (lang) => (await vite.load(`/src/words/${file}.${lang}.ts`)).default));
    const blanks = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    for (const key of Object.keys(en)) {
      assert.deepEqual(blanks(es[key]), blanks(en[key]), `es ${key}`);
      assert.deepEqual(blanks(pt[key]), blanks(en[key]), `pt ${key}`);
    }
  }
});
