import { expect, test } from '@jest/globals';
import { findPartStatuses } from '../../src/telemetry/readiness.js';

test('lists each part as well, or with the reason why it is not', async () => {
  const parts = [
    { name: 'one', findFault: () => null },
    { name: 'other', findFault: () => Promise.resolve('it is full') },
  ];
  expect(await findPartStatuses(parts)).toEqual([
    { name: 'one', status: 'ok' },
    { name: 'other', status: 'unavailable', reason: 'it is full' },
  ]);
});

test.each([
  [
    'throws',
    () => {
      throw new Error('secret');
    },
  ],
  ['rejects', () => Promise.reject(new Error('secret'))],
])('reports a part as unavailable, without its error, when its check %s', async (_, findFault) => {
  expect(await findPartStatuses([{ name: 'one', findFault }])).toEqual([
    { name: 'one', status: 'unavailable', reason: 'its state is unknown' },
  ]);
});
