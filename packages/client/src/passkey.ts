import {
  credentialToJson,
  parseCreationOptions,
  parseRequestOptions,
  type JsonObject,
  type RawCredential,
} from './webauthn-json.js';

/** Why the browser gave no passkey. Nothing was changed; the user can try again. */
export type PasskeyProblem = 'CANCELED' | 'ALREADY_ADDED' | 'UNSUITABLE' | 'UNSUPPORTED' | 'FAILED';

/** The response of the browser, or why there is none. */
export type PasskeyAnswer =
  { readonly response: object; readonly problem: null } | { readonly response: null; readonly problem: PasskeyProblem };

/** What a browser has for passkeys. Tests and phones bring their own. */
export interface WebAuthn {
  /** `navigator.credentials`. */
  readonly credentials: {
    create(options: object): Promise<unknown>;
    get(options: object): Promise<unknown>;
  };
  /** `PublicKeyCredential`, whose conversions of JSON are used if it has them. */
  readonly conversions?: {
    parseCreationOptionsFromJSON?(options: JsonObject): object;
    parseRequestOptionsFromJSON?(options: JsonObject): object;
  };
}

interface BrowserGlobals {
  readonly navigator?: { readonly credentials?: WebAuthn['credentials'] };
  readonly PublicKeyCredential?: NonNullable<WebAuthn['conversions']>;
}

/** WebAuthn of this browser; null where there is none. */
export function browserWebAuthn(): WebAuthn | null {
  const { navigator, PublicKeyCredential } = globalThis as unknown as BrowserGlobals;
  return navigator?.credentials && PublicKeyCredential
    ? { credentials: navigator.credentials, conversions: PublicKeyCredential }
    : null;
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

async function settle(ceremony: () => Promise<unknown>): Promise<PasskeyAnswer> {
  try {
    const credential = (await ceremony()) as RawCredential | null;
    return credential
      ? { response: credentialToJson(credential), problem: null }
      : { response: null, problem: 'CANCELED' };
  } catch (error) {
    return { response: null, problem: problems[(error as Error).name] ?? 'FAILED' };
  }
}

const unsupported = Promise.resolve<PasskeyAnswer>({ response: null, problem: 'UNSUPPORTED' });

/** Asks for a passkey, with the options of Postern (PublicKeyCredentialRequestOptionsJSON). */
export const getPasskey = (webauthn: WebAuthn | null, options: unknown): Promise<PasskeyAnswer> =>
  webauthn === null
    ? unsupported
    : settle(() => {
        const { credentials, conversions } = webauthn;
        const json = options as JsonObject;
        const publicKey = conversions?.parseRequestOptionsFromJSON?.(json) ?? parseRequestOptions(json);
        return credentials.get({ publicKey });
      });

/** Creates a passkey, with the options of Postern (PublicKeyCredentialCreationOptionsJSON). */
export const createPasskey = (webauthn: WebAuthn | null, options: unknown): Promise<PasskeyAnswer> =>
  webauthn === null
    ? unsupported
    : settle(() => {
        const { credentials, conversions } = webauthn;
        const json = options as JsonObject;
        const publicKey = conversions?.parseCreationOptionsFromJSON?.(json) ?? parseCreationOptions(json);
        return credentials.create({ publicKey });
      });
