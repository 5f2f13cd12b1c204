import { z } from 'zod';

/** Maximum size of an attestation object in base64url, for 16 KiB; other parts are far smaller. */
const MAXIMUM_LENGTH = 22 * 1_024;

const base64url = z
  .string()
  .max(MAXIMUM_LENGTH)
  .regex(/^[\w-]*$/);

/** Maximum number of stored transports; the standard names six. */
const MAXIMUM_TRANSPORTS = 10;

/** A transport, also one that a later version of the standard names. Anything else would not help the browser. */
const isTransport = (entry: unknown): entry is string => typeof entry === 'string' && /^[a-z0-9-]{1,32}$/.test(entry);

const credential = {
  id: base64url.min(1).max(1_364),
  rawId: base64url,
  type: z.enum(['public-key']),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
};

/** AuthenticationResponseJSON (WebAuthn Level 3, section 5.1.1). */
export const assertionShape = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish(),
  }),
});

/** RegistrationResponseJSON (WebAuthn Level 3, section 5.1.1). */
export const registrationShape = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z
      .array(z.unknown())
      .transform((entries) => entries.filter(isTransport).slice(0, MAXIMUM_TRANSPORTS))
      .catch([]),
  }),
});

/** What the browser signed, as far as the library does not check it (WebAuthn Level 3, section 5.8.1). */
const clientDataShape = z
  .object({
    challenge: z.string().max(128),
    crossOrigin: z.boolean().default(false),
    topOrigin: z.unknown().optional(),
  })
  .transform(({ challenge, crossOrigin, topOrigin }) => ({
    challenge,
    isFramed: crossOrigin || topOrigin !== undefined,
  }));

/** The part of a response that names its challenge. */
const answerShape = z.object({ response: z.object({ clientDataJSON: base64url }) });

/**
 * The challenge that a response answers, and whether a page in another one got it; null if that can't be read. The rest
 * of the response may be anything: a wrong answer consumes its challenge, too.
 */
export function parseClientData(response: unknown): z.output<typeof clientDataShape> | null {
  try {
    const { clientDataJSON } = answerShape.parse(response).response;
    return clientDataShape.parse(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString()));
  } catch {
    return null;
  }
}
