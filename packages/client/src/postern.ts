import type { TypedDocument } from './document.js';
import { ConfirmIdentity, RegisterPasskey, StartPasskeyConfirmation, StartPasskeyRegistration } from './operations.js';
import { browserWebAuthn, createPasskey, getPasskey, type WebAuthn } from './passkey.js';
import { withProof, type Ask, type Proof } from './proof.js';
import { createSignIn, type SignIn } from './sign-in.js';
import { cookie, type Session } from './session.js';
import { createTransport, failed, type Result } from './transport.js';

export { operation, type TypedDocument } from './document.js';
export { toFailure, type FailedAnswer, type Failure, type UserError } from './failure.js';
export { createPasskey, getPasskey, type PasskeyAnswer, type PasskeyProblem, type WebAuthn } from './passkey.js';
export { USE_PASSKEY, type Ask, type Question, type SecondFactor } from './proof.js';
export { createSessionFetch, type SessionFetchOptions } from './session-fetch.js';
export { bearer, cookie, type Session, type TokenStore } from './session.js';
export type { SignedInUser } from './sign-in.js';
export type { Result } from './transport.js';

/** The options of a client. */
export interface PosternOptions {
  /** The GraphQL endpoint, e.g. `https://account.example.org/graphql`. */
  readonly url: string;
  /** `cookie()` by default; `bearer()` outside of browsers. */
  readonly session?: Session;
  /** Asks the user for what Postern requires. Without a callback, the failure is returned. */
  readonly ask?: Ask;
  /** Called when the session has ended without `signOut`. */
  readonly onSignedOut?: () => void;
  /** The language of messages, as a BCP 47 tag. */
  readonly language?: string;
  /** Another `fetch`. */
  readonly fetch?: typeof fetch;
  /** Another source of passkeys than this browser. */
  readonly webauthn?: WebAuthn | null;
}

/** A passkey that was added. */
export interface AddedPasskey {
  readonly id: string;
  readonly name: string;
  /** Shown only once, with the first second factor of the account. */
  readonly backupCodes: readonly string[] | null;
}

/** A client of Postern. */
export interface Postern extends SignIn {
  /**
   * Sends a document. If Postern requires step-up, a password or a second factor, the user is asked and the request is
   * repeated. A mutation that returns `session` must select `session { token }`, or a bearer client loses it.
   */
  readonly request: <Data, Variables extends object>(
    document: TypedDocument<Data, Variables>,
    ...variables: Record<string, never> extends Variables ? [Variables?] : [Variables]
  ) => Promise<Result<Data>>;
  /** Opens the step-up window. Calls at the same time share one. */
  readonly confirmIdentity: () => Promise<Result<null>>;
  /** Adds a passkey of this device to the account. */
  readonly addPasskey: (input?: { readonly name?: string }) => Promise<Result<AddedPasskey>>;
  /** `fetch` with the session, for other GraphQL clients. It asks the user for nothing. */
  readonly fetch: typeof fetch;
}

const hasInput = (variables: object): variables is { input?: object | null } =>
  'input' in variables && typeof variables.input === 'object';

/** Creates a client of a Postern. */
export function createPostern({
  url,
  session = cookie(),
  ask = {},
  onSignedOut = () => undefined,
  language,
  fetch = globalThis.fetch.bind(globalThis),
  webauthn = browserWebAuthn(),
}: PosternOptions): Postern {
  const transport = createTransport({ url, session, fetch, onSignedOut, language: language ?? null });
  const { send } = transport;
  let confirming: Promise<Result<null>> | null = null;

  const askForPasskey = async () => {
    const started = await send(StartPasskeyConfirmation, {});
    if (!started.ok) return started.failure;
    const { response, problem } = await getPasskey(webauthn, started.data.startPasskeyConfirmation?.options);
    return response ? { passkey: response } : ({ kind: 'PASSKEY', problem } as const);
  };
  const asking = { ask, askForPasskey };

  const confirmOnce = async (): Promise<Result<null>> => {
    const result = await withProof((input: Proof) => send(ConfirmIdentity, { input }), asking);
    return result.ok ? { ok: true, data: null } : failed(result.failure);
  };
  const confirmIdentity = (): Promise<Result<null>> => {
    confirming ??= confirmOnce().finally(() => {
      confirming = null;
    });
    return confirming;
  };

  async function request<Data, Variables extends object>(
    document: TypedDocument<Data, Variables>,
    variables: object = {},
  ): Promise<Result<Data>> {
    const sendWithProof = (proof: Proof) =>
      send(document, hasInput(variables) ? { ...variables, input: { ...variables.input, ...proof } } : variables);
    const run = () => (hasInput(variables) ? withProof(sendWithProof, asking) : send(document, variables));
    const result = await run();
    if (result.ok || result.failure.kind !== 'STEP_UP_REQUIRED' || !ask.password) return result;
    const confirmed = await confirmIdentity();
    return confirmed.ok ? run() : failed(confirmed.failure);
  }

  const addPasskey = async ({ name }: { readonly name?: string } = {}): Promise<Result<AddedPasskey>> => {
    const started = await request(StartPasskeyRegistration, { input: {} });
    if (!started.ok) return failed(started.failure);
    const { response, problem } = await createPasskey(webauthn, started.data.startPasskeyRegistration?.options);
    if (!response) return failed({ kind: 'PASSKEY', problem });
    const result = await request(RegisterPasskey, { input: { response, ...(name === undefined ? {} : { name }) } });
    if (!result.ok) return failed(result.failure);
    const { passkey, backupCodes } = result.data.registerPasskey ?? {};
    return passkey
      ? { ok: true, data: { ...passkey, backupCodes: backupCodes ?? null } }
      : failed({ kind: 'REJECTED', code: 'UNKNOWN', message: 'The answer has no passkey.' });
  };

  const signIn = createSignIn({ send, session, ask, webauthn });
  return { ...signIn, request, confirmIdentity, addPasskey, fetch: transport.fetch };
}
