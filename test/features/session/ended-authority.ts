import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { declareSchema } from '../../../src/graphql/schema.js';
import type { Answer, Client } from '../../support/client.js';
import { MailServer } from '../../support/mail-server.js';
import { pageOrigin } from '../../support/passkeys.js';
import { localNetworks } from '../../support/webhooks.js';
import { startTwoServers } from '../../support/two-servers.js';
import { newApiToken, programInUse } from '../api-token/own-token.js';
import { administratorMutations } from './administrator-mutations.js';
import type { AuthorizedMutation } from './authorized-mutation.js';
import { accessTokenMutations, callKeyMutations, identityTokenMutations, ownMutations } from './own-mutations.js';
import { passkeyMutations } from './passkey-mutations.js';
import { proofMutations } from './proof-mutations.js';
import { endings, type Ending } from './session-endings.js';
import { mutate, newTwoSessions, type Stage } from './two-sessions.js';
import { eventsOf, otherRows, sessionsOf } from './remaining-rows.js';

let stage: Stage;

async function openStage(): Promise<void> {
  const mail = await MailServer.start();
  const settings = { LIMITS: 'on', PUBLIC_URL: pageOrigin, IDENTITY_AUDIENCES: 'console', ...localNetworks };
  stage = { mail, two: await startTwoServers({ SMTP_URL: mail.url, ...settings }) };
}

async function closeStage(): Promise<void> {
  await stage.two.stop();
  await stage.mail.close();
}

const mutations: readonly AuthorizedMutation[] = [
  ...ownMutations,
  ...passkeyMutations,
  ...accessTokenMutations,
  ...identityTokenMutations,
  ...callKeyMutations,
  ...callKeyMutations.map((mutation): AuthorizedMutation => ({
    ...mutation,
    variant: 'by API token',
    credential: 'API_TOKEN',
    endedBy: ['resetApiToken', 'revokeEverything', 'setUserStatus'],
  })),
  ...administratorMutations,
  ...proofMutations,
];

/** Mutations that no credential of an account authorizes, and the one whose race is another. */
const withoutAuthority: Readonly<Record<string, string>> = {
  register: 'creates the account',
  completeSetup: 'creates the account; the setup token is consumed by one statement',
  requestPasswordReset: 'changes nothing; the mail is written for the account as it is then',
  startPasskeyLogin: 'names no account',
  startPasskeyRecovery: 'changes nothing; the challenge belongs to the link, which resetPassword verifies',
  loginWithPasskey: 'is authorized by the passkey; passkey/two-processes.race.test.ts says what holds',
  redeliverWebhook: 'changes no row of an account, and what it sends was recorded before',
  logout: 'ends the session, and one that has ended is as good',
  recordUsage: 'locks no account by design; usage/ended-token.race.test.ts says what holds instead',
};

/** Acts at a session that end it or all of its account. */
const endsSession: readonly Ending['name'][] = ['changePassword', 'revokeSession', 'setUserStatus', 'setUserRole'];
/** Those that a link authorizes: they leave no session. */
const linkMutations: ReadonlySet<string> = new Set(['resetPassword', 'revertEmailChange', 'cancelAccountDeletion']);
const nameOf = ({ name, variant }: AuthorizedMutation) => (variant ? `${name} ${variant}` : name);

type Case = readonly [mutationName: string, endingName: string, AuthorizedMutation, Ending];

/** Every mutation with every act that ends its authority. */
export const everyCase: readonly (readonly Case[])[] = mutations.map((mutation) =>
  endings
    .filter(({ name }) => (mutation.endedBy ?? endsSession).includes(name))
    .map((ending) => [nameOf(mutation), ending.name, mutation, ending] as const),
);

/** A user who can send the mutation, both acts, and the state before them. */
async function prepare({ role, twoFactor, credential, ...mutation }: AuthorizedMutation, ending: Ending) {
  // All cases come from one address, and deliveries to the webhooks of earlier ones would wait for locks, too.
  await stage.two.database.query('delete from rate_limits');
  await stage.two.database.query('delete from webhooks');
  const user = await newTwoSessions(stage, { ...(role ? { role } : {}), ...(twoFactor ? { twoFactor } : {}) });
  const input = (await mutation.prepare?.(user)) ?? undefined;
  const caller =
    credential === 'API_TOKEN'
      ? await programInUse(stage.two, 1, await newApiToken(user.here))
      : credential === 'PROOF'
        ? stage.two.client(1)
        : user.there;
  return {
    user,
    caller,
    limit: mutation.limitBetween?.(input ?? {}),
    send: () => mutate(caller, mutation.name, mutation.fields, input),
    end: await ending.prepare(user),
    rows: await otherRows(user, ending),
    events: await eventsOf(user),
  };
}
type Prepared = Awaited<ReturnType<typeof prepare>>;

/** Whether a server accepts a token. */
const isAccepted = async (token: string | null) =>
  token !== null && (await stage.two.client(1, token).send('{ me { id } }')).status === 200;

/** The token of the session in an answer, or the one that was sent. */
const tokenAfter = ({ data }: Answer<Record<string, any>>, { token }: Client): string | null =>
  Object.values(data as Record<string, { session?: { token: string } }>)[0]?.session?.token ?? token;

/** Asserts that the mutation was refused without a secret, and that only the act which ended its authority happened. */
async function expectRefused(
  { user, caller, rows, events }: Prepared,
  [mutation, ending]: readonly [AuthorizedMutation, Ending],
  answer: Answer<Record<string, any>>,
): Promise<void> {
  const refusal = mutation.refusals?.[ending.name];
  if (refusal) expect(answer).toBeRefusedWith(refusal);
  else expect(answer).toFailWith('UNAUTHENTICATED');
  const { userErrors: _, ...returned } = (answer.data?.[mutation.name] ?? {}) as Record<string, unknown>;
  expect(Object.values(returned).filter((value) => value !== null)).toEqual([]);
  expect(await otherRows(user, ending)).toEqual(rows);
  expect(await eventsOf(user)).toEqual([...events, ...ending.events, ...(mutation.refusalEvents ?? [])]);
  expect(await sessionsOf(user)).toHaveLength(ending.sessionsLeft);
  expect(await isAccepted((ending.name === 'resetApiToken' ? caller : user.there).token)).toBe(false);
}

/** Tests that a mutation fails whose authority ends while it waits, and that it is kept if it came first (D-1). */
export function testEndedAuthority(cases: readonly Case[]): void {
  beforeAll(openStage);
  afterAll(closeStage);

  test('lists every mutation as one that is authorized or as one that needs no authority', () => {
    const listed = [...new Set(mutations.map(({ name }) => name)), ...Object.keys(withoutAuthority)];
    expect(listed.sort()).toEqual(Object.keys(declareSchema().getMutationType()!.getFields()).sort());
  });

  test.each(cases)('refuses %s that waits while %s ends its authority (D-1)', async (_name, _by, mutation, ending) => {
    const prepared = await prepare(mutation, ending);
    const [ended, late] = await stage.two.oneWhileTheOtherEnds(prepared.end, prepared.send);
    expect(ended).toSucceed();
    await expectRefused(prepared, [mutation, ending], late);
  });

  const inOneTransaction = cases.filter(([, , { limitBetween }]) => !limitBetween);
  const inTwoTransactions = cases.filter(([, , { limitBetween }]) => limitBetween);

  test.each(inOneTransaction)('keeps %s when %s waits for it (D-1)', async (_name, _by, mutation, ending) => {
    const { user, caller, send, end, rows, events } = await prepare(mutation, ending);
    const [changed, ended] = await stage.two.oneBeforeTheOther(user.accountId, send, end);
    expect(changed).toSucceed();
    // A mutation that ends the first session ends its act, too: the act's session or authVersion is outdated.
    const ends = !mutation.endsOwn && !(mutation.endsOthers && ending.byUser);
    const recorded = (await eventsOf(user)).slice(0, ends ? -ending.events.length : undefined);
    expect([await otherRows(user, ending), recorded]).not.toEqual([rows, events]);
    if (ends) expect(ended).toSucceed();
    else if (ending.byUser) expect(ended).toFailWith('UNAUTHENTICATED');
    else expect(ended).toBeRefusedWith(['NOT_FOUND', 'userId']);
    if (!linkMutations.has(mutation.name))
      expect(await isAccepted(tokenAfter(changed, caller))).toBe(!ends && !mutation.endsOwn);
    expect(await isAccepted(tokenAfter(ended, user.here))).toBe(ends && ending.sessionsLeft > 0);
  });

  test.each(inTwoTransactions)(
    'refuses %s when %s comes between its steps (D-1)',
    async (_name, _by, mutation, ending) => {
      const prepared = await prepare(mutation, ending);
      const [late, ended] = await stage.two.oneBetweenTheSteps(prepared.limit!, prepared.send, prepared.end);
      expect(ended).toSucceed();
      await expectRefused(prepared, [mutation, ending], late);
    },
  );
}
