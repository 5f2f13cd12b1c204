import type { Failure, UserError } from './failure.js';
import { failed, type Result } from './transport.js';

/** A second factor, as the API takes it: exactly one. */
export type SecondFactor =
  { readonly totpCode: string } | { readonly backupCode: string } | { readonly passkey: object };

/** What callbacks return to use a passkey instead. The client asks the browser for it. */
export const USE_PASSKEY: unique symbol = Symbol('use a passkey');

/** What a callback receives. */
export interface Question {
  /** Why the last answer was refused, to show above the field; null when asked for the first time. */
  readonly error: UserError | null;
  /** The factors that the account has, if known: during a sign-in. */
  readonly factors: readonly string[] | null;
}

/** Asks the user. Null cancels the request. */
export interface Ask {
  /** For the password. A passkey with user verification stands for it. */
  readonly password?: (question: Question) => Promise<string | typeof USE_PASSKEY | null>;
  /** For a code of the app, a backup code, or a passkey. */
  readonly code?: (
    question: Question,
  ) => Promise<Exclude<SecondFactor, { passkey: object }> | typeof USE_PASSKEY | null>;
}

/** What proves the user's identity. */
export interface Proof {
  readonly password?: string;
  readonly factor?: SecondFactor;
}

/** Asks the browser for a passkey. */
export type AskForPasskey = () => Promise<{ readonly passkey: object } | Failure>;

type Step = 'password' | 'code';

/** The errors with which Postern asks for a proof, or refuses one that was given. */
const steps: Readonly<Record<string, { readonly step: Step; readonly refuses: boolean }>> = {
  PASSWORD_REQUIRED: { step: 'password', refuses: false },
  INCORRECT_PASSWORD: { step: 'password', refuses: true },
  SECOND_FACTOR_REQUIRED: { step: 'code', refuses: false },
  INVALID_CODE: { step: 'code', refuses: true },
  INVALID_CREDENTIALS: { step: 'code', refuses: true },
};

/** What to ask for next; null if no callback can answer. A refusal counts only for what was asked for here. */
function nextStep(failure: Failure, ask: Ask, asked: ReadonlySet<Step>): [Step, UserError] | null {
  if (failure.kind !== 'USER_ERRORS') return null;
  for (const error of failure.userErrors) {
    const { step, refuses } = steps[error.code] ?? {};
    if (step && ask[step] && (!refuses || asked.has(step))) return [step, error];
  }
  return null;
}

/** What a callback answered, as a proof; or why the browser gave no passkey. */
async function toProof(
  answer: string | SecondFactor | typeof USE_PASSKEY,
  askForPasskey: AskForPasskey,
): Promise<Proof | Failure> {
  if (typeof answer === 'string') return { password: answer };
  if (answer !== USE_PASSKEY) return { factor: answer };
  const asked = await askForPasskey();
  return 'kind' in asked ? asked : { factor: asked };
}

/**
 * Sends a request, and again with what the user is asked for, until Postern needs nothing more.
 *
 * @param send sends it with the proof so far
 */
export async function withProof<Data>(
  send: (proof: Proof) => Promise<Result<Data>>,
  { ask, askForPasskey, factors = null }: { ask: Ask; askForPasskey: AskForPasskey; factors?: Question['factors'] },
  proof: Proof = {},
  asked: ReadonlySet<Step> = new Set(),
): Promise<Result<Data>> {
  const result = await send(proof);
  const next = result.ok ? null : nextStep(result.failure, ask, asked);
  if (next === null) return result;
  const [step, error] = next;
  const answer = await ask[step]?.({ error: steps[error.code]?.refuses ? error : null, factors });
  if (answer == null) return failed({ kind: 'CANCELED' });
  const given = await toProof(answer, askForPasskey);
  if ('kind' in given) return failed(given);
  const asking = { ask, askForPasskey, factors };
  return withProof(send, asking, { ...proof, ...given }, new Set([...asked, given.factor ? 'code' : step]));
}
