/** Where an event came from, and whose it is. */
interface Origin {
  readonly accountId: string | null;
  readonly actorId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/**
 * What another user did to an account is its owner's to read, but that user's address and browser are not.
 *
 * @param viewerId the account that reads the event
 * @returns the event, without its origin if it is the viewer's and another user acted
 */
export function hideOthersOrigin<Event extends Origin>(event: Event, viewerId: string): Event {
  const { accountId, actorId } = event;
  const isByOther = actorId !== null && actorId !== accountId;
  return isByOther && accountId === viewerId ? { ...event, ip: null, userAgent: null } : event;
}
