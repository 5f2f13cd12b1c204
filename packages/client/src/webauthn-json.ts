/** The JSON forms of WebAuthn (Level 3, section 5.1), for browsers that don't convert them. */

/** A value in JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

interface Descriptor {
  readonly id: string;
}

/** The bytes of a base64url text. */
function decode(text: string): ArrayBuffer {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0)).buffer;
}

/** Bytes in base64url, without padding. */
function encode(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const decodeIds = (descriptors: unknown) =>
  ((descriptors ?? []) as readonly Descriptor[]).map((each) => ({ ...each, id: decode(each.id) }));

/** `PublicKeyCredential.parseCreationOptionsFromJSON`. */
export function parseCreationOptions(options: JsonObject): object {
  const user = options['user'] as Descriptor;
  return {
    ...options,
    challenge: decode(options['challenge'] as string),
    user: { ...user, id: decode(user.id) },
    excludeCredentials: decodeIds(options['excludeCredentials']),
  };
}

/** `PublicKeyCredential.parseRequestOptionsFromJSON`. */
export const parseRequestOptions = (options: JsonObject): object => ({
  ...options,
  challenge: decode(options['challenge'] as string),
  allowCredentials: decodeIds(options['allowCredentials']),
});

/** A credential, as far as all browsers have it. */
export interface RawCredential {
  readonly id: string;
  readonly rawId: ArrayBuffer;
  readonly type: string;
  readonly authenticatorAttachment?: string | null;
  readonly response: object;
  getClientExtensionResults?(): object;
  toJSON?(): object;
}

/** The properties of a response that are bytes. */
const byteProperties = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'] as const;

/** `PublicKeyCredential.toJSON`. */
export function credentialToJson(credential: RawCredential): object {
  if (credential.toJSON) return credential.toJSON();
  const response = credential.response as Partial<Record<string, ArrayBuffer | null>> & { getTransports?(): string[] };
  const bytes = byteProperties.flatMap((name) => (response[name] ? [[name, encode(response[name])]] : []));
  return {
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    ...(credential.authenticatorAttachment ? { authenticatorAttachment: credential.authenticatorAttachment } : {}),
    clientExtensionResults: credential.getClientExtensionResults?.() ?? {},
    response: {
      ...(Object.fromEntries(bytes) as object),
      ...(response.getTransports ? { transports: response.getTransports() } : {}),
    },
  };
}
