import { issueApiToken } from '../../src/features/api-token/issue-api-token.js';
import { AccountEntity } from '../../src/features/account/account.entity.js';
import type { Role } from '../../src/rules/role.js';
import { CallKeyEntity } from '../../src/features/call-key/call-key.entity.js';
import { callKeyHint, newCallKey } from '../../src/crypto/call-key.js';
import { hashToken, newToken, type TokenKind } from '../../src/crypto/token.js';
import { newId } from '../../src/database/connection/id.js';
import { issueSession } from '../../src/features/session/issue-session.js';
import { rememberDevice } from '../../src/features/session/known-device.js';
import { SessionEntity } from '../../src/features/session/session.entity.js';
import type { Credential } from '../../src/rules/viewer.js';
import { openChallenge } from '../../src/features/sign-in/open-challenge.js';
import { TwoFactorEntity } from '../../src/features/two-factor/two-factor.entity.js';
import { newUsername } from '../support/users.js';
import type { TestPostern } from '../support/postern.js';
import { noAuthority } from '../../src/rules/authority.js';
import { transaction } from '../../src/rules/transaction.js';
import { ruleContext } from '../support/rule-context.js';

/** A caller with one kind of credential, or with something that is none. */
export interface Caller {
  readonly name: string;
  /** Null for an anonymous caller; REFUSED when the server rejects the whole request. */
  readonly credential: Credential | 'REFUSED' | null;
  readonly role?: Role;
  /** Whether the session was stepped up recently. */
  readonly steppedUp?: boolean;
  readonly twoFactor?: boolean;
  /** Creates the credential for a new account. */
  arrive(postern: TestPostern): Promise<Arrival>;
}

/** The credential of a caller and how it is sent. */
export interface Arrival {
  readonly token: string;
  readonly transport: 'COOKIE' | 'BEARER' | null;
}

/** Long enough for the step-up window to be closed (in ms). */
const LONG_AGO_MS = 20 * 60_000;

interface Traits {
  readonly role: Role;
  readonly twoFactor?: boolean;
}

async function newAccount(postern: TestPostern, { role, twoFactor = false }: Traits) {
  const { em, now } = ruleContext(postern);
  const account = {
    id: newId(now),
    username: newUsername(),
    role,
    status: 'ACTIVE' as const,
    authVersion: 1,
    createdAt: now,
  };
  await em.insert(AccountEntity, account);
  if (twoFactor)
    await em.insert(TwoFactorEntity, { account: account.id, enabledAt: now, secretCiphertext: 'nothing', lastStep: 0 });
  return account;
}

const session = (transport: 'COOKIE' | 'BEARER', traits: Traits, steppedUp = true): Caller => ({
  name: `${transport.toLowerCase()} session of ${traits.role}${traits.twoFactor ? ' with a second factor' : ''}${steppedUp ? '' : ' that proved nothing lately'}`,
  credential: 'SESSION',
  steppedUp,
  ...traits,
  arrive: async (postern) => {
    const context = ruleContext(postern);
    const account = await newAccount(postern, traits);
    const { id, token } = await transaction(context, noAuthority, (context) =>
      issueSession(context, {
        account,
        factors: ['PASSWORD'],
        rememberMe: false,
        delivery: transport,
        previous: null,
        deviceId: null,
      }),
    );
    if (!steppedUp)
      await context.em.nativeUpdate(
        SessionEntity,
        { id },
        { steppedUpAt: new Date(context.now.getTime() - LONG_AGO_MS) },
      );
    return { token, transport };
  },
});

const apiToken = (traits: Traits): Caller => ({
  name: `API token of ${traits.role}${traits.twoFactor ? ' with a second factor' : ''}`,
  credential: 'API_TOKEN',
  ...traits,
  arrive: async (postern) => {
    const context = ruleContext(postern);
    const { token } = await issueApiToken(context, (await newAccount(postern, traits)).id);
    return { token, transport: 'BEARER' };
  },
});

type MakeToken = (postern: TestPostern, live: { readonly setup: string }) => string | Promise<string>;

const mistyped = (token: string) => token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
/** Every kind. A new one does not compile until it is added. */
const kinds = Object.keys({
  session: 0,
  device: 0,
  secondFactorChallenge: 0,
  setup: 0,
  passwordReset: 0,
  emailChange: 0,
  apiToken: 0,
} satisfies Record<TokenKind, 0>) as TokenKind[];

/** Texts that are no credential: live tokens for other purposes, and invalid tokens of each kind. */
const unknownTokens: Record<string, MakeToken> = {
  'a live challenge': async (postern) => {
    const { id, authVersion, role } = await newAccount(postern, { role: 'USER', twoFactor: true });
    return (
      await openChallenge(ruleContext(postern), { id, authVersion, role } as Parameters<typeof openChallenge>[1], {
        input: { login: '', password: '', rememberMe: false, delivery: 'BEARER' },
        origin: { kind: 'UNKNOWN' },
        flag: null,
      })
    ).challenge;
  },
  'a live setup token': (_postern, { setup }) => setup,
  'a live device token': async (postern) =>
    (await rememberDevice(ruleContext(postern), await newAccount(postern, { role: 'USER' }), null))!,
  ...Object.fromEntries(
    kinds.flatMap((kind) => [
      [`a ${kind} token that was never issued`, () => newToken(kind)],
      [`a ${kind} token with a typing mistake`, () => mistyped(newToken(kind))],
    ]),
  ),
  'a live call key': async (postern) => {
    const { em, now } = ruleContext(postern);
    const key = newCallKey();
    await em.insert(CallKeyEntity, {
      id: newId(now),
      account: (await newAccount(postern, { role: 'USER' })).id,
      name: 'live',
      keyHash: hashToken(key),
      hint: callKeyHint(key),
      models: [],
      allowedIps: [],
      createdAt: now,
    });
    return key;
  },
  'a call key that was never issued': () => `sk-${'a1B2'.repeat(12)}`,
  'nothing known': () => 'garbage',
};

function anonymous(live: { readonly setup: string }): Caller[] {
  return Object.entries(unknownTokens).flatMap(([name, make]) =>
    (['BEARER', 'COOKIE'] as const).map(
      (transport) =>
        ({
          name: `${name} as ${transport === 'BEARER' ? 'bearer token' : 'cookie'}`,
          credential: transport === 'BEARER' ? 'REFUSED' : null,
          arrive: async (postern: TestPostern) => ({ token: await make(postern, live), transport }),
        }) satisfies Caller,
    ),
  );
}

/** Every kind of caller. */
export const everyCaller = (live: { readonly setup: string }): Caller[] => [
  { name: 'no credential', credential: null, arrive: () => Promise.resolve({ token: '', transport: null }) },
  ...(['USER', 'ADMIN', 'ROOT'] as const).flatMap((role) => [
    ...[false, true].map((twoFactor) => session('COOKIE', { role, twoFactor })),
    session('BEARER', { role, twoFactor: true }),
    session('COOKIE', { role, twoFactor: true }, false),
    apiToken({ role, twoFactor: true }),
    apiToken({ role }),
  ]),
  // A service account cannot sign in. Even a session of one must open nothing.
  session('BEARER', { role: 'SERVICE' }),
  apiToken({ role: 'SERVICE' }),
  ...anonymous(live),
];
