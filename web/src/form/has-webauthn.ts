/** Whether the browser has WebAuthn. The library that talks to it is loaded only when it is needed. */
export const hasWebauthn = (): boolean => typeof globalThis.PublicKeyCredential === 'function';

/** The library, which is not part of the first view. */
export const loadWebauthn = () => import('@simplewebauthn/browser');
