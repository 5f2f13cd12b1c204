import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getDirective } from '@graphql-tools/utils';
import { getNamedType, isInputObjectType } from 'graphql';
import { authDefaults, type AuthRule } from '../../src/graphql-kit/auth-directive.js';
import { publicFields } from '../../src/graphql/auth/public-fields.js';
import { declareSchema } from '../../src/graphql/schema.js';
import { everyCaller } from '../graphql/callers.js';
import { goodValue } from '../graphql/argument-corpus.js';
import { query } from '../support/database.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { newTwoFactorUser, openChallenge } from '../support/two-factor.js';
import { goodPassword, newUser } from '../support/users.js';

/** A row of the table in docs/proofs.md. */
interface Row {
  readonly act: string;
  readonly credential: string;
  readonly stepUp: string;
  readonly password: string;
  readonly factor: string;
}

const rows = [...readFileSync('docs/proofs.md', 'utf8').matchAll(/^\| `(\w+)` \|(.*)\|$/gm)].map(
  ([, act = '', cells = '']): Row => {
    const [credential = '', stepUp = '', password = '', factor = ''] = cells.split('|').map((cell) => cell.trim());
    return { act, credential, stepUp, password, factor };
  },
);

const schema = declareSchema();
const mutations = schema.getMutationType()!.getFields();
const ruleOf = (act: string): AuthRule | null => {
  const [given] = getDirective(schema, mutations[act]!, 'auth') ?? [];
  return given ? ({ ...authDefaults, ...given } as AuthRule) : null;
};
const fieldsOf = (act: string) => {
  const [type] = mutations[act]!.args.map((argument) => getNamedType(argument.type));
  return isInputObjectType(type) ? Object.values(type.getFields()) : [];
};

test('lists every mutation once, and nothing else', () => {
  expect(rows.map(({ act }) => act).sort()).toEqual(Object.keys(mutations).sort());
});

test.each(rows)('states the credential and the step-up of $act as the schema does (R-61, R-70)', (row) => {
  const rule = ruleOf(row.act);
  const required = fieldsOf(row.act)
    .filter((field) => field.type.toString().endsWith('!'))
    .map(({ name }) => name);
  const publicCredential = required.includes('challenge')
    ? 'challenge'
    : required.some((name) => ['token', 'setupToken'].includes(name))
      ? 'link'
      : 'none';
  const names = { SESSION: 'session', API_TOKEN: 'API token' };
  expect(publicFields.has(`Mutation.${row.act}`)).toBe(rule === null);
  expect({ credential: row.credential, stepUp: row.stepUp }).toEqual({
    credential: rule?.accepts.map((credential) => names[credential]).join(', ') ?? publicCredential,
    stepUp: rule?.stepUp ? 'open' : '–',
  });
});

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

/** The state of the account and the session that an act meets. */
interface State {
  readonly twoFactor: boolean;
  readonly open: boolean;
}
const states: State[] = [true, false].flatMap((twoFactor) => [true, false].map((open) => ({ twoFactor, open })));

const document = (act: string) => {
  const [input] = mutations[act]!.args;
  const declared = input ? [`($input: ${String(input.type)})`, '(input: $input)'] : ['', ''];
  return `mutation ${declared[0]} { ${act}${declared[1]} { userErrors { code field } } }`;
};

/** A new caller in a state, with an input that is valid but for the proofs. */
async function arrive({ act }: Row, { twoFactor, open }: State) {
  const user = twoFactor ? await newTwoFactorUser(postern) : await newUser(postern);
  const good = Object.fromEntries(fieldsOf(act).map(({ name, type }) => [name, goodValue(type)]));
  const chosen = { newPassword: 'Louder-Lantern-88', confirmPassword: 'Louder-Lantern-88' };
  if (act === 'login') Object.assign(good, { login: user.username });
  if (act === 'changePassword') Object.assign(good, chosen);
  if (act === 'resetPassword') Object.assign(good, chosen, { token: await newLink(user.id) });
  if (act === 'verifySecondFactor' && twoFactor) good['challenge'] = await openChallenge(postern.client(), user);
  if (['ADMIN', 'ROOT'].includes(ruleOf(act)?.requires ?? '')) await promote(user.username);
  if (act === 'recordUsage') {
    const service = everyCaller({ setup: '' }).find(({ name }) => name === 'API token of SERVICE')!;
    user.client.cookies.clear();
    user.client.token = (await service.arrive(postern)).token;
  }
  if (!open) postern.clock.advance({ minutes: 11 });
  return { client: user.client, good };
}

const promote = (username: string) =>
  query(postern.database, "update accounts set role = 'ROOT' where username = ?", [username]);

/** The token of a new link that an administrator gets for a user without an address. */
async function newLink(userId: string): Promise<string> {
  const { client, username } = await newUser(postern);
  await promote(username);
  const { data } = await client.send(
    'mutation ($input: SendUserPasswordResetInput!) { sendUserPasswordReset(input: $input) { resetLink } }',
    { input: { userId, reason: 'test' } },
  );
  return (data['sendUserPasswordReset'] as { resetLink: string }).resetLink.split('#')[1]!;
}

/** What is sent as a proof; null leaves it out. */
interface Sent {
  readonly password: 'right' | 'wrong' | null;
  readonly factor: 'wrong' | null;
}
const submissions: Sent[] = [
  { password: null, factor: 'wrong' },
  { password: 'right', factor: null },
  { password: 'wrong', factor: 'wrong' },
  { password: 'right', factor: 'wrong' },
];

/** Whether the schema requires a proof, under either name. */
const isRequired = (act: string, proof: 'password') =>
  fieldsOf(act).some(
    ({ name, type }) =>
      name.toLowerCase().endsWith(proof) && !/^(new|confirm)/.test(name) && type.toString().endsWith('!'),
  );

/** The refusal that the table implies; null when the proofs are enough. */
function refusalOf({ act, ...row }: Row, { twoFactor, open }: State, sent: Sent): string | null {
  const applies = (cell: string) =>
    cell === 'always' || (twoFactor && (cell === '2FA on' || (cell === 'window closed' && !open)));
  if (row.stepUp === 'open' && !open) return 'STEP_UP_REQUIRED';
  if (act === 'regenerateBackupCodes' && twoFactor && sent.factor === null) return 'INVALID_VALUE';
  if (['disableTwoFactor', 'regenerateBackupCodes'].includes(act) && !twoFactor && sent.factor !== null)
    return 'TWO_FACTOR_NOT_ENABLED';
  if (act === 'regenerateBackupCodes' && !twoFactor) return 'TWO_FACTOR_NOT_ENABLED';
  if (
    (row.password === 'always' && isRequired(act, 'password') && sent.password === null) ||
    (row.factor === 'always' && sent.factor === null && act !== 'regenerateBackupCodes')
  )
    return 'BAD_USER_INPUT';
  if (sent.password === null && applies(row.password)) return 'PASSWORD_REQUIRED';
  if (sent.factor === null && applies(row.factor)) return 'SECOND_FACTOR_REQUIRED';
  if (sent.password === 'wrong' && !['–', 'last factor'].includes(row.password))
    return act === 'login' ? 'INVALID_CREDENTIALS' : 'INCORRECT_PASSWORD';
  if (sent.factor === null || !applies(row.factor)) return null;
  return act === 'verifySecondFactor' ? 'INVALID_CREDENTIALS' : 'INVALID_CODE';
}

/** The input with the proofs of a submission, in the fields of this act. */
function inputOf({ act, password }: Row, good: Record<string, unknown>, sent: Sent) {
  const given = { ...good };
  if (act === 'regenerateBackupCodes') delete given['code'];
  if (sent.factor === null) delete given['factor'];
  const field = 'currentPassword' in given ? 'currentPassword' : 'password';
  if (password === '–') return given;
  delete given[field];
  return sent.password === null ? given : { ...given, [field]: sent.password === 'right' ? goodPassword : 'a guess' };
}

const proofCodes = ['STEP_UP_REQUIRED', 'PASSWORD_REQUIRED', 'SECOND_FACTOR_REQUIRED', 'INCORRECT_PASSWORD'];

test.each(rows)('requires of $act the proofs in the table, and no others (D-2, R-61)', async (row) => {
  const hasProofs = fieldsOf(row.act).some(({ name }) => ['password', 'currentPassword', 'factor'].includes(name));
  for (const state of states)
    for (const sent of hasProofs ? submissions : submissions.slice(-1)) {
      const { client, good } = await arrive(row, state);
      const { data, errors } = await client.send(document(row.act), { input: inputOf(row, good, sent) });
      const refused = (data?.[row.act]?.userErrors ?? []) as { code: string }[];
      const codes = [...errors.map(({ extensions }) => extensions['code']), ...refused.map(({ code }) => code)];
      const expected = refusalOf(row, state, sent);
      const seen = expected === null ? codes.filter((code) => proofCodes.includes(code as string)) : codes;
      expect({ state, sent, seen }).toEqual({ state, sent, seen: expected === null ? [] : [expected] });
    }
});
