import type { Failure } from './failure.js';
import type { LoginMutation, LoginWithPasskeyMutation } from './generated/operations.js';
import { Login, LoginWithPasskey, Logout, StartPasskeyLogin, VerifySecondFactor } from './operations.js';
import { getPasskey, type WebAuthn } from './passkey.js';
import { withProof, type Ask } from './proof.js';
import type { Session } from './session.js';
import { failed, type Result, type Transport } from './transport.js';

/** The user who signed in. */
export interface SignedInUser {
  readonly id: string;
  readonly username: string;
  readonly role: string;
}

/** Signs users in and out. Each method is one `await`, whatever Postern asks for in between. */
export interface SignIn {
  /** With the password, and a second factor if the account has one. */
  readonly signIn: (input: {
    readonly login: string;
    readonly password: string;
    readonly rememberMe?: boolean;
  }) => Promise<Result<SignedInUser>>;
  /** With a passkey alone. */
  readonly signInWithPasskey: (input?: { readonly rememberMe?: boolean }) => Promise<Result<SignedInUser>>;
  /** Revokes the session, and forgets its token even if Postern doesn't answer. */
  readonly signOut: () => Promise<Result<null>>;
}

/** What signing in needs. */
interface SignInOptions {
  readonly send: Transport['send'];
  readonly session: Session;
  readonly ask: Ask;
  readonly webauthn: WebAuthn | null;
}

type Login = NonNullable<LoginMutation['login'] | LoginWithPasskeyMutation['loginWithPasskey']>;
type Challenge = NonNullable<Login['secondFactor']>;

const noUser: Failure = { kind: 'REJECTED', code: 'UNKNOWN', message: 'The answer has no user.' };

const toUser = (user: SignedInUser | null | undefined): Result<SignedInUser> =>
  user ? { ok: true, data: user } : failed(noUser);

/** Creates the methods that sign in and out. */
export function createSignIn({ send, session, ask, webauthn }: SignInOptions): SignIn {
  const { delivery } = session;

  async function finish(challenge: Challenge): Promise<Result<SignedInUser>> {
    let options: unknown = challenge.passkeyOptions;
    const askForPasskey = async () => {
      const { response, problem } = await getPasskey(webauthn, options);
      return response ? { passkey: response } : ({ kind: 'PASSKEY', problem } as const);
    };
    // The first step is known already: Postern needn't be asked what it requires.
    const required: Failure = { kind: 'USER_ERRORS', userErrors: [{ code: 'SECOND_FACTOR_REQUIRED' }] };
    const result = await withProof(
      async ({ factor }) => {
        if (!factor) return failed(required);
        const verified = await send(VerifySecondFactor, { input: { challenge: challenge.challenge, factor } });
        options = verified.data?.verifySecondFactor?.passkeyOptions ?? options;
        return verified;
      },
      { ask, askForPasskey, factors: challenge.factors },
    );
    return result.ok ? toUser(result.data.verifySecondFactor?.user) : failed(result.failure);
  }

  const complete = (payload: Login | null): Result<SignedInUser> | Promise<Result<SignedInUser>> =>
    payload?.secondFactor ? finish(payload.secondFactor) : toUser(payload?.user);

  return {
    signIn: async (input) => {
      const result = await send(Login, { input: { ...input, delivery } });
      return result.ok ? complete(result.data.login) : failed(result.failure);
    },
    signInWithPasskey: async (input = {}) => {
      const started = await send(StartPasskeyLogin, {});
      if (!started.ok) return failed(started.failure);
      const { response, problem } = await getPasskey(webauthn, started.data.startPasskeyLogin?.options);
      if (!response) return failed({ kind: 'PASSKEY', problem });
      const result = await send(LoginWithPasskey, { input: { ...input, response, delivery } });
      return result.ok ? complete(result.data.loginWithPasskey) : failed(result.failure);
    },
    signOut: async () => {
      const result = await send(Logout, {});
      if (session.delivery === 'BEARER') session.store.set(null);
      return result.ok ? { ok: true, data: null } : failed(result.failure);
    },
  };
}
