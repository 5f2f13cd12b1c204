import { AccessTokenEntity } from '../../src/features/access-token/access-token.entity.js';
import { issueApiToken } from '../../src/features/api-token/issue-api-token.js';
import { AccountEntity } from '../../src/features/account/account.entity.js';
import type { Role } from '../../src/rules/role.js';
import { CallKeyEntity } from '../../src/features/call-key/call-key.entity.js';
import { callKeyHint, newCallKey } from '../../src/crypto/call-key.js';
import { hashToken, newToken, type TokenKind } from '../../src/crypto/token.js';
import { newId } from '../../src/database/connection/id.js';
import { signIdentityToken } from '../../src/features/service-auth/identity-token.js';
import { findViewerBySession } from '../../src/features/session/find-viewer-by-session.js';
import { issueSession } from '../../src/features/session/issue-session.js';
import { rememberDevice } from '../../src/features/session/known-device.js';
import { SessionEntity } from '../../src/features/session/session.entity.js';
import { serviceScopes, type ServiceScope } from '../../src/rules/service-scope.js';
import { accountScopes, tokenScopes, type TokenScope } from '../../src/rules/token-scope.js';
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
  /** Whether a trusted browser replaced the second factor of the session. */
  readonly skippedFactor?: boolean;
  /** The scopes of a token. */
  readonly scopes?: readonly TokenScope[];
  /** The scopes of a service account; by default all. */
  readonly serviceScopes?: readonly ServiceScope[];
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
  readonly skippedFactor?: boolean;
  readonly serviceScopes?: readonly ServiceScope[];
}

async function newAccount(
  postern: TestPostern,
  { role, twoFactor = false, serviceScopes: scopes = serviceScopes }: Traits,
) {
  const { em, now } = ruleContext(postern);
  const account = {
    id: newId(now),
    username: newUsername(),
    role,
    serviceScopes: role === 'SERVICE' ? [...scopes] : null,
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
  name: `${transport.toLowerCase()} session of ${traits.role}${traits.twoFactor ? ' with a second factor' : ''}${steppedUp ? '' : ' that proved nothing lately'}${traits.skippedFactor ? ', skipped in a trusted browser' : ''}`,
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
        methods: ['pwd'],
        rememberMe: false,
        delivery: transport,
        previous: null,
        deviceId: null,
        trustedBrowserId: traits.skippedFactor ? newId(context.now) : null,
      }),
    );
    if (!steppedUp && !traits.skippedFactor)
      await context.em.nativeUpdate(
        SessionEntity,
        { id },
        { steppedUpAt: new Date(context.now.getTime() - LONG_AGO_MS) },
      );
    return { token, transport };
  },
});

/** An access token. `issueAccessToken` needs a session in a step-up window, so its row is inserted. */
const accessToken = (traits: Traits, scopes: readonly TokenScope[]): Caller => ({
  name: `access token of ${traits.role}${traits.twoFactor ? ' with a second factor' : ''} with ${scopes.join(', ')}`,
  credential: 'API_TOKEN',
  scopes,
  ...traits,
  arrive: async (postern) => {
    const { em, now } = ruleContext(postern);
    const token = newToken('accessToken');
    await em.insert(AccessTokenEntity, {
      id: newId(now),
      account: (await newAccount(postern, traits)).id,
      name: 'Program',
      tokenHash: hashToken(token),
      hint: token.slice(-4),
      scopes: [...scopes],
      allowedIps: [],
      createdAt: now,
      lifetimeSeconds: 60,
      expiresAt: new Date(now.getTime() + 3_600_000),
    });
    return { token, transport: 'BEARER' };
  },
});

const apiToken = (traits: Traits): Caller => ({
  name: `API token of ${traits.role}${traits.twoFactor ? ' with a second factor' : ''}${traits.serviceScopes ? ` with ${traits.serviceScopes.join(', ')} alone` : ''}`,
  credential: 'API_TOKEN',
  scopes: traits.role === 'SERVICE' ? [] : accountScopes,
  ...traits,
  arrive: async (postern) => {
    const context = ruleContext(postern);
    const { token } = await issueApiToken(context, (await newAccount(postern, traits)).id);
    return { token, transport: 'BEARER' };
  },
});

/** An identity token of a live session. Postern accepts none as a credential (R-121). */
async function liveIdentityToken(postern: TestPostern): Promise<string> {
  const context = ruleContext(postern);
  const { token } = await session('BEARER', { role: 'ADMIN', twoFactor: true }).arrive(postern);
  const viewer = await findViewerBySession(context.reader, token, 'BEARER', context.now);
  return (await signIdentityToken(context, viewer!, 'console')).token;
}

/** The gate token of a live session, which only forward auth accepts (R-124). */
async function liveGateToken(postern: TestPostern): Promise<string> {
  const { em, now } = ruleContext(postern);
  const account = await newAccount(postern, { role: 'ADMIN', twoFactor: true });
  const token = newToken('gate');
  await em.insert(SessionEntity, {
    id: newId(now),
    account: account.id,
    tokenHash: hashToken(newToken('session')),
    gateTokenHash: hashToken(token),
    authVersion: 1,
    factors: ['PASSWORD'],
    methods: ['pwd'],
    createdAt: now,
    lastSeenAt: now,
    steppedUpAt: now,
    idleSeconds: 3_600,
    remembered: false,
    expiresAt: new Date(now.getTime() + 3_600_000),
  });
  return token;
}

type MakeToken = (postern: TestPostern, live: { readonly setup: string }) => string | Promise<string>;

const mistyped = (token: string) => token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
/** Every kind. A new one does not compile until it is added. */
const kinds = Object.keys({
  session: 0,
  gate: 0,
  device: 0,
  trustedBrowser: 0,
  secondFactorChallenge: 0,
  setup: 0,
  passwordReset: 0,
  emailChange: 0,
  accountDeletion: 0,
  apiToken: 0,
  accessToken: 0,
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
  'a live identity token': liveIdentityToken,
  'a live gate token': liveGateToken,
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
    session('COOKIE', { role, twoFactor: true, skippedFactor: true }, false),
    apiToken({ role, twoFactor: true }),
    apiToken({ role }),
  ]),
  ...tokenScopes.flatMap((scope) => [
    accessToken({ role: 'USER' }, [scope]),
    accessToken({ role: 'ADMIN', twoFactor: true }, [scope]),
  ]),
  accessToken({ role: 'ADMIN' }, tokenScopes),
  accessToken({ role: 'ROOT', twoFactor: true }, tokenScopes),
  // A service account cannot sign in. Even a session of one must open nothing.
  session('BEARER', { role: 'SERVICE' }),
  apiToken({ role: 'SERVICE' }),
  ...serviceScopes.map((scope) => apiToken({ role: 'SERVICE', serviceScopes: [scope] })),
  ...anonymous(live),
];
