import type { Fault } from '../features/security-event/verify-events.js';

/** What was tampered with, in words. */
export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case 'EVENT_CHANGED':
      return `The event ${fault.event} was changed after seal ${fault.seal} had named it.`;
    case 'EVENT_REMOVED':
      return `The event ${fault.event}, which seal ${fault.seal} names, was removed.`;
    case 'EVENT_MOVED':
      return `The event ${fault.event}, which seal ${fault.seal} names, was moved: it is ${fault.movedTo} now.`;
    case 'EVENT_INSERTED':
      return `The event ${fault.event} was inserted, or changed before it was sealed: Postern did not write it so.`;
    case 'EVENT_KEY_MISSING':
      return `The event ${fault.event} is not sealed, and the key that shows who wrote it is not in ENCRYPTION_KEYS.`;
    case 'SEAL_REMOVED':
      return `Seal ${fault.seal} was removed.`;
    case 'SEAL_CHANGED':
      return `Seal ${fault.seal} was changed, or is not of Postern: what it says of its events cannot be trusted.`;
    case 'SEAL_KEY_MISSING':
      return `The key of seal ${fault.seal} is not in ENCRYPTION_KEYS: put it back, and run "postern keys rotate" before it goes.`;
    case 'SEAL_CUT':
      return `Seal ${fault.seal} is in the log and no more in the database: it was cut off, with every seal and event after it.`;
    case 'SEAL_DIFFERS':
      return `Seal ${fault.seal} is another one than in the log: from there on, or before, the chain was made anew.`;
  }
}
