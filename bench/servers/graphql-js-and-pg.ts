import type { IncomingHttpHeaders } from 'node:http';
import { buildSchema, execute, parse, validate, type DocumentNode } from 'graphql';
import pg from 'pg';
import { serveBare } from './bare-http.ts';
import { sessionStatement, type SessionRow } from './session-statement.ts';

/** GraphQL without a GraphQL server: graphql-js over `node:http` and a pool; each document is parsed and validated once. */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] });
const schema = buildSchema('enum Role { USER ADMIN ROOT SERVICE } type User { id: ID! username: String! role: Role! } type Query { me: User }');
const documents = new Map<string, DocumentNode>();

function validDocument(query: string): DocumentNode {
  const known = documents.get(query);
  if (known) return known;
  const document = parse(query);
  const [error] = validate(schema, document);
  if (error) throw error;
  documents.set(query, document);
  return document;
}

const rootValue = {
  me: async (_values: object, headers: IncomingHttpHeaders) => (await pool.query<SessionRow>(sessionStatement(headers))).rows[0] ?? null,
};

await serveBare(async (body, headers) => {
  const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
  return JSON.stringify(await execute({ schema, document: validDocument(query), rootValue, contextValue: headers, variableValues: variables }));
});
