import type { KeyRing } from '../../crypto/key-ring.js';
import { verifyAnchor, type EventAnchor } from './retention/event-anchor.js';
import type { Fault, LoggedSeal } from './verify-seal.js';

/** Finds what is wrong with the anchor, and whether the log has another hash for its seal. */
export function verifyStart(keys: KeyRing, anchor: EventAnchor, loggedSeal: LoggedSeal | null): Fault[] {
  const { number: seal, hash } = anchor;
  const code = verifyAnchor(keys, anchor);
  return [
    ...(code === 'forged' ? [{ kind: 'ANCHOR_CHANGED', seal } as const] : []),
    ...(code === 'key missing' ? [{ kind: 'ANCHOR_KEY_MISSING', seal } as const] : []),
    ...(loggedSeal?.number === seal && loggedSeal.hash !== hash ? [{ kind: 'SEAL_DIFFERS', seal } as const] : []),
  ];
}
