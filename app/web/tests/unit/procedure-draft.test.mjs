import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { loader } from '../load.mjs';

const { load, close } = await loader();
after(close);
const { readDraft, keepDraft, readAnswer, isWrong, drawnShape } = await load('/src/procedures/draft.ts');
const number = (more = {}) => ({ id: 'area', type: 'number', min: 1, max: 100000, ...more });
const kept = () => {
  const values = new Map();
  return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => values.set(key, value), removeItem: (key) => values.delete(key), values };
};

test('numbers are read as people of either custom write them', () => {
  for (const [text, decimal, value] of [
    ['1234.5', '.', 1234.5],
    ['1,234.5', '.', 1234.5],
    ['1.234,5', ',', 1234.5],
    ['1.234', ',', 1234],
    ['1.234', '.', 1.234],
    ['1,234', '.', 1234],
    ['12,5', '.', 12.5],
    ['1 234', '.', 1234],
    ['1,234,567', '.', 1234567],
  ])
    assert.equal(readAnswer(number({ max: 1e9 }), text, decimal), value, `${text} with ${decimal}`);
});

test('what is no number, or out of its range, is told and not guessed', () => {
  for (const text of ['doce', '1e5', '1.2.3,4,5', '-', '0x10', 'NaN', '٣']) assert.deepEqual(readAnswer(number(), text, '.'), { word: 'must_number' }, text);
  assert.deepEqual(readAnswer(number(), '0.5', '.'), { word: 'must_least', n: 1 });
  assert.deepEqual(readAnswer(number(), '100001', '.'), { word: 'must_most', n: 100000 });
  assert.deepEqual(readAnswer({ ...number(), type: 'whole' }, '2.5', '.'), { word: 'must_whole' });
  assert.ok(isWrong(readAnswer(number(), '', '.')));
});

test('a shape needs its corners, and an area closes', () => {
  assert.deepEqual(drawnShape('line', [[1, 2]]), { word: 'must_corners_line' });
  assert.deepEqual(drawnShape('polygon', [[0, 0], [1, 0]]), { word: 'must_corners_polygon' });
  assert.deepEqual(drawnShape('polygon', [[0, 0], [1, 0], [1, 1]]).coordinates, [[[0, 0], [1, 0], [1, 1], [0, 0]]]);
});

test('a draft survives the page, forgets questions that are gone, and bears a broken store', () => {
  const store = kept();
  keepDraft('q.giro', { area: 120, gone: 'x' }, store);
  assert.deepEqual(readDraft('q.giro', [{ id: 'area' }], store), { area: 120 });
  keepDraft('q.giro', {}, store);
  assert.equal(store.values.size, 0);
  store.setItem('tequio.draft.q.giro', '{half');
  assert.deepEqual(readDraft('q.giro', [{ id: 'area' }], store), {});
  assert.doesNotThrow(() => keepDraft('q.giro', { area: 1 }, { setItem: () => { throw new Error('full'); } }));
});
