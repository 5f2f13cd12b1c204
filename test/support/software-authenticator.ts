import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { encode } from 'cbor2';

/** What a response says; a test changes it before it is signed. */
export interface AuthenticatorState {
  type: string;
  origin: string;
  challenge: string;
  crossOrigin: boolean | undefined;
  topOrigin?: string;
  rpId: string;
  userPresent: boolean;
  userVerified: boolean;
  backupEligible: boolean;
  backedUp: boolean;
  counter: number;
}

type Change = (state: AuthenticatorState) => void;

/** The algorithms of COSE (RFC 9053, RFC 8812) that the authenticator can use; ES384 is one that Postern refuses. */
export type Algorithm = 'ES256' | 'EdDSA' | 'RS256' | 'ES384';

interface Credential {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly algorithm: Algorithm;
  readonly userHandle: string;
  counter: number;
}

interface Options {
  readonly challenge: string;
  readonly rpId?: string;
  readonly rp?: { readonly id: string };
  readonly user?: { readonly id: string };
}

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();
const fromJwk = (value: string | undefined) => new Uint8Array(Buffer.from(value!, 'base64url'));

/** An authenticator in software, with the encodings of WebAuthn Level 3 (sections 6.1, 6.5) and CBOR of a library. */
export class SoftwareAuthenticator {
  readonly credentials: Credential[] = [];

  readonly origin: string;
  readonly aaguid: string;

  constructor(origin: string, aaguid = '00000000-0000-0000-0000-000000000000') {
    this.origin = origin;
    this.aaguid = aaguid;
  }

  /** A RegistrationResponseJSON of a new credential. */
  register(
    options: unknown,
    change: Change = () => undefined,
    algorithm: Algorithm = 'ES256',
    changeKey: (coseKey: Map<number, unknown>) => void = () => undefined,
  ) {
    const { challenge, rp, user } = options as Options;
    const state = this.#state('webauthn.create', challenge, rp!.id, 0);
    change(state);
    const { privateKey, coseKey } = newKey(algorithm);
    changeKey(coseKey);
    const id = randomBytes(32);
    this.credentials.push({ id: base64url(id), privateKey, algorithm, userHandle: user!.id, counter: state.counter });
    const attested = Buffer.concat([
      Buffer.from(this.aaguid.replaceAll('-', ''), 'hex'),
      Buffer.from([id.length >> 8, id.length & 0xff]),
      id,
      encode(coseKey),
    ]);
    const authData = authenticatorData(state, attested);
    return {
      id: base64url(id),
      rawId: base64url(id),
      type: 'public-key',
      clientExtensionResults: { credProps: { rk: true } },
      response: {
        clientDataJSON: base64url(clientData(state)),
        attestationObject: base64url(
          encode(
            new Map<string, unknown>([
              ['fmt', 'none'],
              ['attStmt', new Map()],
              ['authData', new Uint8Array(authData)],
            ]),
          ),
        ),
        transports: ['internal'],
      },
    };
  }

  /** An AuthenticationResponseJSON of a credential, by default the newest. Its counter rises with each. */
  answer(options: unknown, change: Change = () => undefined, credential = this.credentials.at(-1)!) {
    const { challenge, rpId } = options as Options;
    const state = this.#state('webauthn.get', challenge, rpId!, (credential.counter += 1));
    change(state);
    const authData = authenticatorData(state);
    const client = clientData(state);
    const signed = Buffer.concat([authData, sha256(client)]);
    return {
      id: credential.id,
      rawId: credential.id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: base64url(client),
        authenticatorData: base64url(authData),
        signature: base64url(sign(credential.algorithm === 'EdDSA' ? null : 'sha256', signed, credential.privateKey)),
        userHandle: credential.userHandle as string | null,
      },
    };
  }

  #state(type: string, challenge: string, rpId: string, counter: number): AuthenticatorState {
    return {
      type,
      origin: this.origin,
      challenge,
      crossOrigin: false,
      rpId,
      userPresent: true,
      userVerified: true,
      backupEligible: false,
      backedUp: false,
      counter,
    };
  }
}

const clientData = ({ type, origin, challenge, crossOrigin, topOrigin }: AuthenticatorState) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin, topOrigin }));

/** Section 6.1: the hash of the RP ID, flags, counter, and the attested credential. */
function authenticatorData(state: AuthenticatorState, attested?: Buffer): Buffer {
  const flags =
    (state.userPresent ? 0x01 : 0) |
    (state.userVerified ? 0x04 : 0) |
    (state.backupEligible ? 0x08 : 0) |
    (state.backedUp ? 0x10 : 0) |
    (attested ? 0x40 : 0);
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(state.counter);
  return Buffer.concat([sha256(state.rpId), Buffer.from([flags]), counter, attested ?? Buffer.alloc(0)]);
}

/** A key pair, with the public key in COSE (RFC 9053, section 7). */
function newKey(algorithm: Algorithm): { readonly privateKey: KeyObject; readonly coseKey: Map<number, unknown> } {
  if (algorithm === 'RS256') {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const { n, e } = publicKey.export({ format: 'jwk' });
    return {
      privateKey,
      coseKey: new Map<number, unknown>([
        [1, 3],
        [3, -257],
        [-1, fromJwk(n)],
        [-2, fromJwk(e)],
      ]),
    };
  }
  if (algorithm === 'EdDSA') {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const { x } = publicKey.export({ format: 'jwk' });
    return {
      privateKey,
      coseKey: new Map<number, unknown>([
        [1, 1],
        [3, -8],
        [-1, 6],
        [-2, fromJwk(x)],
      ]),
    };
  }
  const [namedCurve, alg, curve] = algorithm === 'ES256' ? ['P-256', -7, 1] : ['P-384', -35, 2];
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: namedCurve as string });
  const { x, y } = publicKey.export({ format: 'jwk' });
  return {
    privateKey,
    coseKey: new Map<number, unknown>([
      [1, 2],
      [3, alg],
      [-1, curve],
      [-2, fromJwk(x)],
      [-3, fromJwk(y)],
    ]),
  };
}
