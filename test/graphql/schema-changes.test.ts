import { expect, test } from '@jest/globals';
import { findUnannouncedChanges } from '../../scripts/schema/schema-changes.js';

const released = `
  type Query { me: User, old: String @deprecated(reason: "Use me."), users(first: Int): [User!] }
  type User { name: String!, role: Role! }
  enum Role { USER, ADMIN, GUEST @deprecated(reason: "Use USER.") }
`;
const silent = '# Changelog\n\n## [Unreleased]\n\n## [0.1.0]\n\n- `Query.old` and `User.name` are gone.\n';
const announced = (...names: string[]) =>
  `# Changelog\n\n## [Unreleased]\n\n${names.map((name) => `- \`${name}\` is gone.\n`).join('')}\n## [0.1.0]\n`;

test.each([
  ['nothing', released],
  ['a new field', released.replace('type User {', 'type User { email: String,')],
  ['a new value of an enum', released.replace('{ USER,', '{ USER, ROOT,')],
  ['a field that becomes deprecated', released.replace('name: String!', 'name: String! @deprecated(reason: "No.")')],
])('accepts %s without a line in the changelog', async (_, current) => {
  expect(await findUnannouncedChanges(released, current, silent)).toEqual([]);
});

test('accepts the end of what was deprecated and is named in the changelog', async () => {
  const current = released.replace('old: String @deprecated(reason: "Use me."),', '').replace(/, GUEST @.*?\)/, '');
  expect(await findUnannouncedChanges(released, current, announced('Query.old', 'Role.GUEST'))).toEqual([]);
  expect(await findUnannouncedChanges(released, current, silent)).toEqual([
    expect.stringContaining('`Query.old`'),
    expect.stringContaining('`Role.GUEST`'),
  ]);
});

test.each([
  ['a removed field', 'User.name', released.replace('name: String!,', '')],
  ['a field that becomes nullable', 'User.name', released.replace('name: String!', 'name: String')],
  ['a removed value of an enum', 'Role.ADMIN', released.replace(' ADMIN,', '')],
  ['a new required argument', 'Query.users.role', released.replace('first: Int', 'first: Int, role: Role!')],
])('refuses %s that was not deprecated, even if the changelog names it', async (_, name, current) => {
  expect(await findUnannouncedChanges(released, current, announced(name))).toEqual([
    expect.stringContaining(`${name} was not @deprecated in a release`),
  ]);
});
