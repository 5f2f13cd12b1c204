import { v7 } from 'uuid';

/** A new row's id: a UUIDv7 (RFC 9562) of the moment, made here, so that no sequence stands in the way of a write. */
export const newId = (now: Date): string => v7({ msecs: now.getTime() });
