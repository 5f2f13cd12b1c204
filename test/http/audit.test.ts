import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { auditServer, serverAudits, type AuditResult } from 'graphql-http';
import { startPostern, type TestPostern } from '../support/postern.js';

/** Where Postern deviates from a SHOULD or MAY of GraphQL over HTTP, and why. It deviates from no MUST. */
const known: Readonly<Record<string, { status: 'notice' | 'warn'; why: string }>> = {
  '5A70': { status: 'notice', why: 'GET executes nothing (R-82)' },
  D6D5: { status: 'notice', why: 'GET executes nothing (R-82)' },
  '6A70': { status: 'notice', why: 'GET executes nothing (R-82)' },
  '572B': {
    status: 'warn',
    why: 'a document that does not parse is a 400 whatever the client accepts, as Apollo has it',
  },
  FDE2: { status: 'warn', why: 'a document that is not valid is a 400 whatever the client accepts, as Apollo has it' },
  '7B9B': {
    status: 'warn',
    why: 'variables that do not coerce are a 400 whatever the client accepts, as Apollo has it',
  },
};

let postern: TestPostern;
let results: Map<string, AuditResult>;
beforeAll(async () => {
  postern = await startPostern({ INTROSPECTION: 'on' });
  results = new Map((await auditServer({ url: `${postern.url}/graphql` })).map((result) => [result.id, result]));
});
afterAll(() => postern.close());

const audits = serverAudits({ url: 'http://localhost/graphql' });

test('runs the 61 audits of GraphQL over HTTP, including all known deviations', () => {
  expect(audits).toHaveLength(61);
  expect(Object.keys(known).filter((id) => !audits.some((audit) => audit.id === id))).toEqual([]);
});

test.each(audits.map(({ id, name }) => [id, name]))(
  'passes audit %s of GraphQL over HTTP, unless it is a known deviation: %s',
  (id) => {
    const { status, ...result } = results.get(id)!;
    expect({ status, reason: 'reason' in result && !known[id] ? result.reason : '' }).toEqual({
      status: known[id]?.status ?? 'ok',
      reason: '',
    });
  },
);
