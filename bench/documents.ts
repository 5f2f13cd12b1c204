import { clonePostgresql } from '../test/support/clone-postgresql.ts';
import { productionSettings, startServer } from './server-process.ts';
import { median } from './statistics.ts';

/**
 * Measures what an anonymous caller's documents cost the server before it executes anything
 * (docs/evidence/measurements.md), each in turn with a small query. Run with `npm run bench:documents`.
 */
const REQUESTS = 200;
const ROUNDS = 5;

const times = (count: number, text: (number: number) => string) =>
  Array.from({ length: count }, (_, number) => text(number)).join(' ');

/** Each document is new, so that none is cached. */
const small = (id: number) => `query Q${id} { me { id } }`;
const documents: Readonly<Record<string, (id: number) => string>> = {
  'rejected: 240 × me { id }': (id) => `query Q${id} { ${times(240, () => 'me { id }')} }`,
  'rejected: 690 × the same field': (id) => `query Q${id} { me { ${times(690, () => 'id')} } }`,
  'rejected: the same in an unused fragment': (id) =>
    `query Q${id} { me { id } } fragment F on User { ${times(690, () => 'id')} }`,
  'rejected: fragments that double': (id) =>
    `query Q${id} { me { ...F0 } } ${times(10, (n) => `fragment F${n} on User { ${n === 9 ? 'id' : `...F${n + 1} `.repeat(8)} }`)}`,
  'rejected: 100 operations of 180 fields': (id) =>
    `query Q${id} { me { id } } ${times(100, (n) => `query A${n} { ...F }`)} fragment F on Query { me { ${times(180, () => 'id')} } }`,
  'rejected: 54 KB of one string': (id) => `query Q${id} { node(id: "${'\\u0041'.repeat(9_000)}") { id } }`,
  'accepted: 190 repeated fields': (id) => `query Q${id} { me { ${times(190, () => 'id')} } }`,
  'accepted: 190 repeated fields on four levels': (id) =>
    `query Q${id} { me { ${times(48, () => 'callKeys(first: 1) { edges { node { id } } }')} } }`,
};

const place = await clonePostgresql(
  process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres',
  'template1',
);
const server = await startServer('postern', {
  ...productionSettings(place.url),
  POSTERN_LOG_LEVEL: 'fatal',
});

let requests = 0;
/** The CPU time of the server for one request (in ms). */
async function measure(document: (id: number) => string): Promise<number> {
  const before = await server.cpuTime();
  for (let number = 0; number < REQUESTS; number += 1) {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: document((requests += 1)) }),
    });
    await response.arrayBuffer();
  }
  return ((await server.cpuTime()) - before) / REQUESTS;
}

try {
  for (let round = 0; round < ROUNDS; round += 1) await measure(small);
  for (const [title, document] of Object.entries(documents)) {
    await measure(document);
    const pairs: { readonly cost: number; readonly smallCost: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      pairs.push({ smallCost: await measure(small), cost: await measure(document) });
    const cost = median(pairs.map(({ cost }) => cost));
    const ratio = median(pairs.map(({ cost, smallCost }) => cost / smallCost));
    process.stdout.write(`${title.padEnd(48)}${cost.toFixed(2)} CPU ms, ${ratio.toFixed(1)} times a small query\n`);
  }
} finally {
  await server.stop();
  await place.drop();
}
