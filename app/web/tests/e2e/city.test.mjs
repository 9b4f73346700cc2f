// The journeys over a running server with a whole city: TEQUIO_URL=http://localhost:8080 npm run test:e2e
import { journeys } from '../journeys.mjs';
import { test } from 'node:test';

const url = process.env.TEQUIO_URL?.replace(/\/$/, '');
if (url) journeys(() => ({ url }), 'city');
else test('the journeys over a running server', { skip: 'set TEQUIO_URL to the address of a running city' }, () => undefined);
