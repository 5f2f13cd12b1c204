import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { afterAll, expect, test } from '@jest/globals';
import { buildSchema, parse, type GraphQLObjectType, type GraphQLScalarType } from 'graphql';
import { plainListsPlugin } from '../../src/graphql/apollo.js';
import { findPlainLists } from '../../src/graphql/plain-lists/plain-lists.js';

const schema = buildSchema(`
  interface Named { name: String! }
  enum Kind { NOVEL ATLAS }
  scalar Colour
  type Author implements Named { name: String! born: Int }
  type Book implements Named { name: String! kind: Kind pages: Int! tags: [String!] colour: Colour author: Author chapters: [Author!] secret: String translation(into: String): String }
  type Shelf { books(kind: Kind): [Book!]! things: [Named] odd: [Book] }
  type Query { shelf: Shelf books: [Book!] }
  type Mutation { read: [Book!] }
`);

/** What every list of books resolves to, and the number of resolver calls. */
const library: { books: unknown; asked: number } = { books: [], asked: 0 };
const reader = { mayEnter: true };

function resolve(type: string, field: string, resolver: (context: typeof reader) => unknown): void {
  (schema.getType(type) as GraphQLObjectType<unknown, typeof reader>).getFields()[field]!.resolve = (
    _object,
    _values,
    context,
  ) => {
    library.asked += 1;
    return resolver(context);
  };
}
for (const [type, field] of [
  ['Shelf', 'books'],
  ['Shelf', 'odd'],
  ['Query', 'books'],
  ['Mutation', 'read'],
] as const) {
  resolve(type, field, () =>
    typeof library.books === 'function' ? (library.books as () => unknown)() : library.books,
  );
}
resolve('Query', 'shelf', ({ mayEnter }) => (mayEnter ? {} : null));
resolve('Book', 'secret', () => {
  throw new Error('kept');
});

(schema.getType('Colour') as GraphQLScalarType).serialize = () => undefined;

const withoutOthers = ApolloServerPluginCacheControlDisabled(); // It would add a resolver to every field.
const servers = {
  plain: new ApolloServer<typeof reader>({ schema, plugins: [withoutOthers, plainListsPlugin(schema)] }),
  ordinary: new ApolloServer<typeof reader>({ schema, plugins: [withoutOthers] }),
};
afterAll(() => Promise.all(Object.values(servers).map((server) => server.stop())));

/** The response of a server and the number of resolver calls. */
async function answerOf(server: ApolloServer<typeof reader>, query: string, variables: Record<string, unknown>) {
  library.asked = 0;
  const { body } = await server.executeOperation(
    { query, variables, ...(query.includes('query A') ? { operationName: 'A' } : {}) },
    { contextValue: reader },
  );
  return { answer: JSON.stringify(body), asked: library.asked };
}

async function both(books: unknown, query: string, variables: Record<string, unknown> = {}) {
  library.books = books;
  return {
    plain: await answerOf(servers.plain, query, variables),
    ordinary: await answerOf(servers.ordinary, query, variables),
  };
}

const isPlain = (query: string) => findPlainLists(schema, parse(query)).size > 0;

const book = {
  name: 'Ada',
  kind: 'NOVEL',
  pages: 7,
  tags: ['a', 'b'],
  author: { name: 'Bo', born: null },
  chapters: [{ name: 'one' }],
};
const books = [
  book,
  { name: 'Eve', kind: null, pages: 0, tags: null, author: null, chapters: [], constructor: 'somebody' },
];
const whole = '{ shelf { books { __typename name kind pages tags author { name born } chapters { name } } } }';

test.each([
  ['every plain field', whole],
  ['other names', '{ s: shelf { b: books { n: name constructor: pages toString: kind then: name } } }'],
  [
    'fragments',
    '{ shelf { ...S } } fragment S on Shelf { books { ...B ... on Named { name } ... { pages } ... on Author { born } } } fragment B on Book { kind author { ...A } } fragment A on Author { name }',
  ],
  ['the same field twice', '{ shelf { books { name name n: name } } }'],
  ['an argument', '{ shelf { books(kind: ATLAS) { name } } }'],
  ['a list at the root', '{ books { name } shelf { books { pages } } }'],
  ['a value of a variable', 'query ($kind: Kind) { shelf { books(kind: $kind) { name } } }', { kind: 'NOVEL' }],
  ['the operation that is named', 'query A { books { name } } query B { shelf { __typename } }'],
])(
  'returns the same list as graphql-js, and resolves nothing twice: %s',
  async (_what, query, variables: Record<string, unknown> = {}) => {
    expect(isPlain(query)).toBe(true);
    const { plain, ordinary } = await both(books, query, variables);
    expect(plain).toEqual(ordinary);
  },
);

test.each([
  ['a resolver, which may be a guard', '{ books { name secret } }'],
  ['arguments', '{ books { translation(into: "fr") } }'],
  ['a directive within', '{ books { name @skip(if: true) pages } }'],
  ['a directive elsewhere', '{ books { name } shelf @include(if: false) { __typename } }'],
  ['a name of JavaScript', '{ books { __proto__: name } }'],
  ['objects that are selected in two parts', '{ books { author { name } author { born } } }'],
  ['a list of an interface', '{ shelf { books { name } things { name } } }'],
  ['introspection', '{ books { name } __type(name: "Book") { name } }'],
  ['a mutation', 'mutation { read { name } }'],
  ['a mutation beside it', 'query A { books { name } } mutation B { read { name } }'],
  ['no list', '{ shelf { __typename } }'],
])('leaves all other documents to graphql-js: %s', async (_what, query) => {
  expect(isPlain(query)).toBe(false);
  const { plain, ordinary } = await both(books, query);
  expect(plain).toEqual(ordinary);
});

const faults: [string, unknown, string?][] = [
  ['null in a non-null field', [{ ...book, name: null }]],
  ['null in a list of non-null items', [book, null]],
  ['a value of another type', [{ ...book, pages: 'many' }]],
  ['an unknown name of an enum', [{ ...book, kind: 'POEM' }]],
  ['no list', 'books'],
  ['an object with the methods of a list', { map: () => [] }],
  ['an unserializable value of a scalar', [{ ...book, colour: 'ultraviolet' }], '{ books { colour } }'],
  ['a failure', () => Promise.reject(new Error('on fire'))],
  ['an error among the rows', [new Error('on fire')], '{ shelf { odd { kind } } }'],
  ['a text instead of an object', [{ ...book, author: 'Bo' }], '{ books { author { born } } }'],
  ['a wrong value of a variable', books, 'query ($kind: Kind) { shelf { books(kind: $kind) { name } } }'],
];

test.each(faults)('reports errors in a list as graphql-js does: %s', async (_what, wrong, query = whole) => {
  expect(isPlain(query)).toBe(true);
  const { plain, ordinary } = await both(wrong, query, { kind: 'POEM' });
  expect(ordinary.answer).toMatch(/"errors":\[\{|born":null/);
  expect(plain.answer).toBe(ordinary.answer);
});

test.each([
  ['a promise of a list', Promise.resolve(books), whole],
  ['an iterable that is not an array', new Set(books), whole],
  [
    'a promise of an object',
    [{ ...book, author: Promise.resolve({ name: 'Bo', born: 1 }) }],
    '{ books { author { born } } }',
  ],
  ['a property that is a function', [{ ...book, name: () => 'Cy' }], '{ books { name } }'],
  [
    'a function that returns an object',
    [{ ...book, author: () => ({ name: 'Bo', born: 2 }) }],
    '{ books { author { born } } }',
  ],
  ['a list selected twice', books, '{ shelf { books { name } books { pages } } }'],
  ['null instead of a list', null, '{ shelf { odd { name } } books { name } }'],
  ['null among the rows', [null, book], '{ shelf { odd { name } } }'],
])('returns the same as graphql-js, whatever a resolver returns: %s', async (_what, given, query) => {
  expect(isPlain(query)).toBe(true);
  const { plain, ordinary } = await both(given, query);
  expect(ordinary.answer).not.toContain('"errors":[{');
  expect(plain.answer).toBe(ordinary.answer);
});
