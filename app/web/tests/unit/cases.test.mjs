import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loader } from '../load.mjs';

let vite, tell, filing, worklist, place, acts, Say, words;
before(async () => {
  vite = await loader();
  [tell, filing, worklist, place, acts] = await Promise.all(['/src/cases/tell.ts', '/src/cases/filing.ts', '/src/staff/casework/worklist.ts', '/src/cases/place.ts', '/src/staff/casework/acts.ts'].map(vite.load));
  ({ Say } = await vite.load('/src/say.ts'));
  words = { ...(await vite.load('/src/words/es.ts')).default, ...(await vite.load('/src/words/procedures.es.ts')).default, ...(await vite.load('/src/words/cases.es.ts')).default };
});
after(() => vite.close());

class Shelf {
  #kept = new Map();
  getItem = (key) => this.#kept.get(key) ?? null;
  setItem = (key, value) => void this.#kept.set(key, value);
  removeItem = (key) => void this.#kept.delete(key);
}
class Closed {
  getItem() { throw new DOMException('closed', 'SecurityError'); }
  setItem() { throw new DOMException('closed', 'SecurityError'); }
  removeItem() { throw new DOMException('closed', 'SecurityError'); }
}

test('a term is past only after its last moment, and its last day is today', () => {
  const end = '2026-11-28T06:00:00Z';
  const due = { day: '2026-11-27', end, left: null, steps: [] };
  assert.equal(tell.daysLeft(due, Date.parse(end)), -1);
  assert.equal(tell.daysLeft(due, Date.parse(end) - 1), 0);
  assert.equal(tell.daysLeft(due, Date.parse(end) - 86_400_000), 0);
  assert.equal(tell.daysLeft(due, Date.parse(end) - 86_400_001), 1);
  assert.equal(tell.daysLeft({ day: null, end: null, left: 4, steps: [] }), null);
  assert.equal(tell.daysLeft(null), null);
  const say = new Say('es', words);
  assert.deepEqual([-1, 0, 1, 3].map((left) => tell.leftWord(say, left)), ['ese día ya pasó', 'hoy', 'en 1 día', 'en 3 días']);
});

test('a step that this page has no word for keeps its name, and every state has a word', () => {
  const say = new Say('es', words);
  assert.equal(tell.verbWord(say, 'fall-silent'), 'Venció el plazo');
  assert.equal(tell.verbWord(say, 'beam-up'), 'beam-up');
  for (const state of ['draft', 'awaiting-payment', 'filed', 'under-review', 'prevented', 'fulfilled', 'granted', 'refused', 'fell-silent', 'not-presented', 'withdrawn', 'archived']) assert.ok(tell.stateWord(say, state), state);
});

test('what was left open is no zero and no "no"; a choice is read by its label', () => {
  const say = new Say('es', words);
  assert.equal(tell.answerText(say, null, null), 'sin contestar');
  assert.equal(tell.answerText(say, null, 0), '0');
  assert.equal(tell.answerText(say, null, false), 'no');
  assert.equal(tell.answerText(say, { unit: 'm2', choices: null }, 120), '120 m²');
  assert.equal(tell.answerText(say, { unit: null, choices: [{ value: '311812', label: 'Panadería' }] }, '311812'), 'Panadería');
  assert.match(tell.answerText(say, null, { type: 'Point', coordinates: [-98.95, 19.04] }), /19\.04/);
});

test('what this device kept badly, or cannot keep, only means a new draft', () => {
  const shelf = new Shelf();
  assert.equal(filing.readFiling('em.bajo', shelf), null);
  for (const broken of ['{', '7', '{"id":"../x","version":1}', '{"id":"a","version":"1"}']) {
    shelf.setItem('tequio.filing.em.bajo', broken);
    assert.equal(filing.readFiling('em.bajo', shelf), null, broken);
  }
  filing.keepFiling('em.bajo', { id: 'abc', version: 3 }, shelf);
  assert.deepEqual(filing.readFiling('em.bajo', shelf), { id: 'abc', version: 3 });
  filing.keepFiling('em.bajo', { id: 'abc', version: 3 }, new Closed());
  assert.equal(filing.readFiling('em.bajo', new Closed()), null);
});

test('where somebody was going is remembered once and for a day, and signing in leads to pages of residents only', () => {
  const shelf = new Shelf();
  filing.keepNext('/procedures/em-bajo/file', shelf);
  assert.equal(filing.takeNext(shelf), '/procedures/em-bajo/file');
  assert.equal(filing.takeNext(shelf), null);
  filing.keepNext('/cases', shelf);
  assert.equal(filing.takeNext(shelf, Date.now() + 86_400_001), null);
  assert.deepEqual(['/cases/1', '/procedures', '/report', '/edit', '/changeset/1', '/note/1', '/casesx', '/editor', '/ogc', '//evil.example'].map(filing.isResidents), [true, true, true, true, true, true, false, false, false, false]);
});

test('the case after the last one is none, and a case from elsewhere has no neighbours', () => {
  const shelf = new Shelf();
  worklist.keepWorklist(['a', 'b'], shelf);
  assert.deepEqual(worklist.neighbours('b', shelf), { before: 'a', after: null });
  assert.deepEqual(worklist.neighbours('x', shelf), { before: null, after: null });
  shelf.setItem('tequio.worklist', '{');
  assert.deepEqual(worklist.neighbours('a', shelf), { before: null, after: null });
});

test('a map shows every place of a filing and every visit, and none where there is none', () => {
  const file = { inputs: { place: { type: 'Point', coordinates: [-99, 19] }, area: null, size: 4 }, visits: [{ longitude: -98, latitude: 20 }, { longitude: null, latitude: null }] };
  const [west, south, east, north] = place.boxOf(place.placesOf(file));
  assert.ok(west < -99 && east > -98 && south < 19 && north > 20);
  assert.equal(place.boxOf([]), null);
});

test('an officer of another office is offered the opinion that was asked for, and nothing else', () => {
  const of = (organisation) => ({ account: { id: 'o1', roles: [{ role: 'officer', organisation: { id: organisation, name: organisation } }] } });
  const file = { folio: 'O-2026-000001', state: 'under-review', office: 'obras', officer: 'o2', opinions: [{ office: 'agua', given: null }], end: null };
  assert.deepEqual(acts.actsOn(of('agua'), file), ['opine']);
  assert.deepEqual(acts.actsOn(of('parques'), file), []);
  assert.deepEqual(acts.actsOn(of('obras'), file), ['take', 'decide', 'prevent', 'ask', 'visit', 'give', 'note']);
  assert.ok(!acts.actsOn(of('obras'), { ...file, state: 'fell-silent', end: { effect: 'positive' } }).includes('decide'));
  assert.ok(acts.actsOn(of('obras'), { ...file, state: 'fell-silent', end: { effect: 'negative' } }).includes('decide'));
  assert.deepEqual(acts.actsOn(of('obras'), { ...file, state: 'granted' }), ['note', 'archive']);
});
