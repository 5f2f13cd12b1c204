import type { IncomingHttpHeaders } from 'node:http';
import { buildSchema, execute, parse, validate, type DocumentNode } from 'graphql';
import pg from 'pg';
import { serveBare } from './bare-http.ts';
import { gatewayFields, listsOf, managementTypes } from './management-by-hand.ts';
import { sessionStatement, type SessionRow } from './session-statement.ts';

/**
 * GraphQL without a GraphQL server: graphql-js over `node:http` and a pool. Each document is parsed and validated once.
 */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] });
const schema = buildSchema(`${managementTypes}
  enum Role { USER ADMIN ROOT SERVICE }
  type User { id: ID! username: String! role: Role! callKeys(first: Int!): CallKeyConnection! usageLogs(first: Int!): UsageLogConnection! }
  type Query { me: User verifyCallKey(key: String!, model: String, ip: String): CallKeyVerification! }
  type Mutation { recordUsage(input: RecordUsageInput!): RecordUsagePayload! }`);
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
  me: async (_values: object, headers: IncomingHttpHeaders) => {
    const {
      rows: [user],
    } = await pool.query<SessionRow>(sessionStatement(headers));
    return user ? { ...user, ...listsOf(pool, user.id) } : null;
  },
  ...(await gatewayFields(pool)),
};

await serveBare(async (body, headers) => {
  const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
  return JSON.stringify(
    await execute({
      schema,
      document: validDocument(query),
      rootValue,
      contextValue: headers,
      variableValues: variables,
    }),
  );
});
