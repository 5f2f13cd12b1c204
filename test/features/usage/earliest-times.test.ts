import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { newUserOfRole } from '../administration/administrators.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

test.each(['HOUR', 'DAY'])('sums calls by %s up to 1970, although the series begins before that', async (interval) => {
  const { client } = await newUserOfRole(postern, 'ADMIN');
  const { errors } = await client.send(
    `{ usageSeries(filter: { to: "1970-01-01T00:00:00Z" }, interval: ${interval}) { at }
       me { usageSeries(filter: { to: "1970-01-01T00:00:00Z" }, interval: ${interval}) { at } } }`,
  );
  expect(errors).toEqual([]);
});
