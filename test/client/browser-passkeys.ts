import type { WebAuthn } from '@postern/client';
import type { SoftwareAuthenticator } from '../support/software-authenticator.js';

const encoded = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('base64url');
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64url')).buffer;

/** The response of a browser that converts no JSON: its parts are bytes. */
function toRaw({ id, rawId, type, response }: { id: string; rawId: string; type: string; response: object }): object {
  const parts = Object.entries(response).map(([name, value]) => [
    name,
    typeof value === 'string' ? bytesOf(value) : value,
  ]);
  return {
    id,
    rawId: bytesOf(rawId),
    type,
    response: Object.fromEntries(parts),
    getClientExtensionResults: () => ({}),
  };
}

/** `navigator.credentials` of an old browser: bytes in, bytes out, and no conversions of JSON. */
export const oldBrowser = (authenticator: SoftwareAuthenticator): WebAuthn => ({
  credentials: {
    create: ({ publicKey }: any) =>
      Promise.resolve(
        toRaw(
          authenticator.register({
            ...publicKey,
            challenge: encoded(publicKey.challenge),
            user: { ...publicKey.user, id: encoded(publicKey.user.id) },
          }),
        ),
      ),
    get: ({ publicKey }: any) =>
      Promise.resolve(toRaw(authenticator.answer({ ...publicKey, challenge: encoded(publicKey.challenge) }))),
  },
});

/** A new browser, which converts JSON in both directions. */
export const newBrowser = (authenticator: SoftwareAuthenticator): WebAuthn => ({
  credentials: {
    create: ({ publicKey }: any) => {
      const response = authenticator.register(publicKey);
      return Promise.resolve({ toJSON: () => response });
    },
    get: ({ publicKey }: any) => {
      const response = authenticator.answer(publicKey);
      return Promise.resolve({ toJSON: () => response });
    },
  },
  conversions: { parseCreationOptionsFromJSON: (json) => json, parseRequestOptionsFromJSON: (json) => json },
});

/** A browser in which the user cancels, or that fails with another error. */
export const refusingBrowser = (name: string): WebAuthn => {
  const refuse = () => Promise.reject(new DOMException('', name));
  return { credentials: { create: refuse, get: refuse } };
};
