import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { loadWebauthn } from './has-webauthn.js';

/** Why the browser gave no passkey. Nothing was changed; the user can try again. */
export type PasskeyProblem = 'CANCELED' | 'ALREADY_ADDED' | 'UNSUITABLE' | 'FAILED';

/** The response of the browser, or why there is none. */
export type PasskeyAnswer =
  { readonly response: object; readonly problem: null } | { readonly response: null; readonly problem: PasskeyProblem };

/** Whether a passkey must verify the user, e.g. with a PIN. `optional`: presence is enough beside the password. */
export type UserVerification = 'as requested' | 'optional';

/** Asks the browser for a passkey, with the options of the server. */
export function askForPasskey(options: unknown, userVerification: UserVerification): Promise<PasskeyAnswer> {
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON;
  const asked =
    userVerification === 'optional' ? { ...optionsJSON, userVerification: 'preferred' as const } : optionsJSON;
  return settle(async () => (await loadWebauthn()).startAuthentication({ optionsJSON: asked }));
}

/** Lets the browser suggest passkeys in the field whose `autocomplete` ends with `webauthn`. */
export function askForPasskeyInField(options: unknown): Promise<PasskeyAnswer> {
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON;
  return settle(async () => (await loadWebauthn()).startAuthentication({ optionsJSON, useBrowserAutofill: true }));
}

/** Lets the browser create a passkey, with the options of the server. */
export function createPasskey(options: unknown): Promise<PasskeyAnswer> {
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON;
  return settle(async () => (await loadWebauthn()).startRegistration({ optionsJSON }));
}

/** The kinds of errors that browsers distinguish (WebAuthn Level 3, section 5.1). */
const problems: Readonly<Record<string, PasskeyProblem>> = {
  NotAllowedError: 'CANCELED',
  AbortError: 'CANCELED',
  TimeoutError: 'CANCELED',
  InvalidStateError: 'ALREADY_ADDED',
  NotSupportedError: 'UNSUITABLE',
  ConstraintError: 'UNSUITABLE',
};

async function settle(ceremony: () => Promise<object>): Promise<PasskeyAnswer> {
  try {
    return { response: await ceremony(), problem: null };
  } catch (error) {
    const { name, cause } = error as Error;
    const kind = cause instanceof Error || cause instanceof DOMException ? cause.name : name;
    return { response: null, problem: problems[kind] ?? 'FAILED' };
  }
}
