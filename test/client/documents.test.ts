import { expect, test } from '@jest/globals';
import { createPostern, operation, type TypedDocument } from '@postern/client';
import { parse, print, type DocumentNode } from 'graphql';
import * as generated from '../support/generated/graphql.js';

/** The text that the client sends for a document. */
async function sent(document: unknown): Promise<string> {
  let text = '';
  const recording: typeof fetch = (_input, init) => {
    text = (JSON.parse(init?.body as string) as { query: string }).query;
    return Promise.resolve(new Response('{"data":{}}', { headers: { 'content-type': 'application/json' } }));
  };
  await createPostern({ url: 'http://localhost/graphql', fetch: recording }).request(document as TypedDocument);
  return text;
}

const isDocument = (value: unknown): value is DocumentNode =>
  String((value as DocumentNode | null)?.kind) === 'Document';

test('prints generated documents as graphql-js does', async () => {
  const documents = Object.values(generated).filter(isDocument);
  expect(documents.length).toBeGreaterThan(50);
  for (const document of documents) expect(print(parse(await sent(document)))).toBe(print(document));
});

test('prints every construct of operations and fragments', async () => {
  const text = `query Q($a: [Int!]! = [1, -2.5] @d, $b: Input = {x: "a\\n\\"b\\u2028", y: [RED, null, true]}) @d(x: 1) {
    alias: field(a: $a, b: $b) @include(if: $c) { ...F @d ... on T { id } ... @d { id } }
  }
  fragment F on T @d { block(text: """a "quoted" text""") }
  mutation { m }
  subscription S { s }`;
  const document = parse(text, { noLocation: true });
  const plain = (node: DocumentNode) => print(node).replaceAll('"""a "quoted" text"""', '"a \\"quoted\\" text"');
  expect(print(parse(await sent(document)))).toBe(plain(document));
});

test('sends texts as they are, and a parsed document as the text that it was parsed from', async () => {
  const text = '{ me   { id } }';
  for (const document of [text, operation(text), parse(text), new String(text)])
    expect(await sent(document)).toBe(text);
});
