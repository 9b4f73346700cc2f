import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstPage } from '../size.mjs';

test('the first page is at most 350 kB of compressed script', () => {
  const { total } = firstPage();
  assert.ok(total <= 350_000, `it is ${total} bytes`);
});
