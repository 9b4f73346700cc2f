import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { loader } from '../load.mjs';

let vite;
before(async () => {
  vite = await loader();
});
after(() => vite.close());

describe('what coordinators write', () => {
  const read = async (text) => (await vite.load('/src/community/markdown.ts')).readMarkdown(text);
  test('never becomes HTML, a script or a request: tags stay text, and links that are none stay words', async () => {
    const [one] = await read('<script>x</script> [a](javascript:alert(1)) [b](//evil.example) [c](data:text/html,x) ![p](https://x.example/p.png)');
    assert.deepEqual(one.parts.filter((part) => typeof part !== 'string').map((part) => part.href), ['https://x.example/p.png']);
    assert.ok(one.parts[0].includes('<script>x</script> [a](javascript:alert(1)'));
  });
  test('keeps lists, headings, emphasis and what stands in code', async () => {
    const blocks = await read('## Qué\n\n1. Tome *una*\n2. `man_made=manhole`\n\n> cuidado\n\n```\n**no**\n```');
    assert.deepEqual(blocks.map((one) => one.kind), ['heading', 'list', 'quote', 'code']);
    assert.deepEqual(blocks[1].items, [['Tome ', { kind: 'em', parts: ['una'] }], [{ kind: 'code', text: 'man_made=manhole' }]]);
    assert.equal(blocks[3].text, '**no**');
  });
  test('does not take snake_case_names or lone stars for emphasis', async () => {
    assert.deepEqual(await read('ref_no_2 y 3 * 4 * 5'), [{ kind: 'paragraph', parts: ['ref_no_2 y 3 * 4 * 5'] }]);
  });
  test('reads fifty thousand stars and brackets in a moment', async () => {
    const began = performance.now();
    await read('*['.repeat(12_500) + '> '.repeat(12_500));
    assert.ok(performance.now() - began < 5000);
  });
});

describe('what a proposal from the community map stands on', () => {
  test('is a way to each task and changeset, and a number that is neither stays one', async () => {
    const { linked } = await vite.load('/src/staff/submissions/linked.ts');
    const message = '+12 ~3 -0; #4/17; changesets 1000000001, 5';
    const parts = linked(message);
    assert.equal(parts.map((one) => one.text).join(''), message);
    assert.deepEqual(parts.filter((one) => one.href), [{ text: '#4/17', href: '/projects/4/tasks?task=17' }, { text: '1000000001', href: '/changeset/1000000001' }]);
    assert.deepEqual(linked(''), []);
  });
});

const square = (taskId, west, taskStatus, more = {}) => ({ type: 'Feature', properties: { taskId, taskStatus, lockedBy: null, lockHolder: null, mappedBy: null, ...more }, geometry: { type: 'Polygon', coordinates: [[[west, 0], [west + 1, 0], [west + 1, 1], [west, 1], [west, 0]]] } });
const tasks = (...features) => ({ type: 'FeatureCollection', features });

describe('a task by chance', () => {
  test('is none where all are held, done, or one\'s own to judge', async () => {
    const { anyTask } = await vite.load('/src/community/projects/choosing.ts');
    const all = tasks(square(1, 0, 'LOCKED_FOR_MAPPING'), square(2, 1, 'VALIDATED'), square(3, 2, 'MAPPED', { mappedBy: 'bruno' }));
    assert.equal(anyTask(all, null, 'map', 'bruno', 0.5), null);
    assert.equal(anyTask(all, null, 'validate', 'bruno', 0.5), null);
    assert.equal(anyTask(all, null, 'validate', 'alicia', 0.5), 3);
  });
  test('is one of a priority area as long as one waits there', async () => {
    const { anyTask } = await vite.load('/src/community/projects/choosing.ts');
    const all = tasks(square(1, 0, 'READY'), square(2, 1, 'READY'), square(3, 2, 'INVALIDATED'));
    const priority = square(0, 2, '').geometry;
    for (const chance of [0, 0.4, 0.99]) assert.equal(anyTask(all, priority, 'map', null, chance), 3);
    assert.equal(anyTask(all, null, 'map', null, 0.99), 3);
    assert.equal(anyTask(all, null, 'map', null, 0), 1);
  });
  test('goes to JOSM with its edge, its comment and its box', async () => {
    const { josmCommands } = await vite.load('/src/community/projects/choosing.ts');
    const [load, edge] = josmCommands('https://city.example', { projectId: 7, changesetComment: '#a & b' }, [4, 5], [-99.2, 19.1, -99.1, 19.2], '').map((one) => new URL(one));
    assert.equal(load.searchParams.get('changeset_comment'), '#a & b');
    assert.deepEqual(['left', 'bottom', 'right', 'top'].map((one) => Number(load.searchParams.get(one))), [-99.2, 19.1, -99.1, 19.2]);
    assert.equal(edge.searchParams.get('url'), 'https://city.example/api/v2/projects/7/tasks/queries/xml/?tasks=4%2C5');
  });
});

describe('tasks as they change', () => {
  const event = (more) => ({ taskId: 1, taskStatus: 'MAPPED', lockHolder: null, lockedBy: null, action: 'STATE_CHANGE', actionText: 'MAPPED', actionBy: 'Bruno', actionDate: '', ...more });
  test('a lock shows who holds it, a comment changes nothing, and a cut asks the server', async () => {
    const { after: then } = await vite.load('/src/community/projects/live.svelte.ts');
    const all = tasks(square(1, 0, 'READY'), square(2, 1, 'READY'));
    const locked = then(all, event({ taskStatus: 'LOCKED_FOR_MAPPING', lockHolder: 'Bruno', lockedBy: 'b' }));
    assert.equal(locked.features[0].properties.lockHolder, 'Bruno');
    assert.equal(locked.features[1], all.features[1]);
    assert.equal(then(all, event({ taskStatus: null })), all);
    assert.equal(then(all, event({ taskStatus: 'SPLIT' })), null);
    assert.equal(then(all, event({ taskId: 9 })), null);
  });
});

describe('before and after', () => {
  const node = (id, version, lon, lat, tags) => ({ type: 'node', id, version, changeset: 1, timestamp: '', lon, lat, ...(tags ? { tags } : {}) });
  const way = (id, version, nodes, tags) => ({ type: 'way', id, version, changeset: 1, timestamp: '', nodes, tags });
  const corners = [node(1, 1, 0, 0), node(2, 1, 1, 0), node(3, 1, 1, 1)];
  const box = [-1, -1, 2, 2];
  test('a house whose corner moved is told of though nobody wrote the house', async () => {
    const { byKey, compare } = await vite.load('/src/community/validate/compare.ts');
    const house = way(9, 1, [1, 2, 3, 1], { building: 'yes' });
    const before = byKey([...corners, house]);
    const now = byKey([corners[0], node(2, 2, 1.5, 0), corners[2], house]);
    assert.deepEqual(compare(before, now, new Set(['node/2']), box).map((one) => [one.key, one.kind]), [['way/9', 'geometry']]);
  });
  test('what was removed, added, tagged otherwise and changed back are four things', async () => {
    const { byKey, compare } = await vite.load('/src/community/validate/compare.ts');
    const before = byKey([node(1, 1, 0, 0, { a: '1' }), node(2, 1, 0, 0, { a: '1' }), node(4, 1, 0, 0, { a: '1' })]);
    const now = byKey([{ ...node(1, 2), visible: false, lon: undefined, lat: undefined, user: 'Eva' }, node(2, 2, 0, 0, { a: '2' }), node(3, 1, 0, 0, { b: '1' }), node(4, 3, 0, 0, { a: '1' })]);
    const changes = compare(before, now, new Set(['node/1', 'node/2', 'node/3', 'node/4']), box);
    assert.deepEqual(changes.map((one) => [one.key, one.kind]), [['node/1', 'removed'], ['node/2', 'attributes'], ['node/3', 'added']]);
    assert.equal(changes[0].user, 'Eva', 'who took it away, not who had drawn it');
    assert.deepEqual(changes[1].fields, [{ name: 'a', before: '1', after: '2' }]);
  });
  test('what lies outside the task is not told of', async () => {
    const { byKey, compare } = await vite.load('/src/community/validate/compare.ts');
    assert.deepEqual(compare(new Map(), byKey([node(1, 1, 50, 50, { a: '1' })]), new Set(['node/1']), box), []);
  });
  test('of many versions the one before the first change counts', async () => {
    const { versionsBefore } = await vite.load('/src/community/validate/compare.ts');
    assert.equal(versionsBefore([{ type: 'node', id: 1, version: 5 }, { type: 'node', id: 1, version: 3 }, { type: 'node', id: 1, version: 4 }]).get('node/1').version, 2);
  });
  test('a round begins with the first lock after the last time the task was good', async () => {
    const { beginOf } = await vite.load('/src/community/validate/reading.ts');
    const line = (action, actionText, actionDate) => ({ action, actionText, actionDate });
    assert.equal(beginOf([line('STATE_CHANGE', 'MAPPED', '6'), line('LOCKED_FOR_MAPPING', null, '5'), line('STATE_CHANGE', 'INVALIDATED', '4'), line('LOCKED_FOR_MAPPING', null, '3'), line('STATE_CHANGE', 'VALIDATED', '2'), line('LOCKED_FOR_MAPPING', null, '1')]), '3');
    assert.equal(beginOf([line('COMMENT', 'x', '1')]), null);
  });
});
