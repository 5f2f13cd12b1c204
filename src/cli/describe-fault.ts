import type { Fault } from '../features/security-event/verify-seal.js';

/** Describes a fault in the security events or their seals. */
export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case 'EVENT_CHANGED':
      return `Event ${fault.event} was changed after seal ${fault.seal} covered it.`;
    case 'EVENT_REMOVED':
      return `Event ${fault.event}, which seal ${fault.seal} covers, was deleted.`;
    case 'EVENT_MOVED':
      return `Event ${fault.event}, which seal ${fault.seal} covers, was moved. Its ID is now ${fault.movedTo}.`;
    case 'EVENT_INSERTED':
      return `Event ${fault.event} was inserted, or changed before it was sealed. Postern did not write it like this.`;
    case 'EVENT_KEY_MISSING':
      return `Event ${fault.event} is not sealed, and the key that verifies it is not in POSTERN_ENCRYPTION_KEYS.`;
    case 'SEAL_REMOVED':
      return `Seal ${fault.seal} was deleted.`;
    case 'SEAL_CHANGED':
      return `Seal ${fault.seal} was changed, or Postern did not create it. What it says about its events can't be trusted.`;
    case 'SEAL_KEY_MISSING':
      return `The key of seal ${fault.seal} is not in POSTERN_ENCRYPTION_KEYS. Put it back, and run "postern keys rotate" before you remove it.`;
    case 'SEAL_CUT':
      return `Seal ${fault.seal} is in the log but not in the database. It was deleted, with every seal and event after it.`;
    case 'ANCHOR_CHANGED':
      return `The record that retention deleted the events up to seal ${fault.seal} was changed, or Postern did not write it. They may have been deleted otherwise.`;
    case 'ANCHOR_KEY_MISSING':
      return `The key of the record that retention deleted the events up to seal ${fault.seal} is not in POSTERN_ENCRYPTION_KEYS. Put it back, and run "postern keys rotate" before you remove it.`;
    case 'SEAL_DIFFERS':
      return `Seal ${fault.seal} differs from the log. The chain of seals was rebuilt from there, or from an earlier seal.`;
  }
}
