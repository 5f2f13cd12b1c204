import { useEffect, useEffectEvent, useState } from 'react';
import { useClient } from 'urql';
import type { WebhookDeliveryStatus } from '../generated/graphql.js';
import { DeliveryResult } from './webhook-documents.js';

/** How often to ask for the result, and how many times: longer than a receiver may take to answer. */
const [INTERVAL_MS, MAX_POLLS] = [1_000, 12];

/** What became of a delivery so far. */
export interface DeliveryState {
  readonly id: string;
  readonly status: WebhookDeliveryStatus;
  readonly attempts: number;
  readonly responseStatus: number | null;
}

interface Followed {
  /** The delivery when it was requested. */
  readonly requested: DeliveryState;
  readonly latest: DeliveryState;
  readonly polls: number;
}

/** A delivery that was just requested. */
export interface DeliveryResultState {
  /** Its latest state; null if none was requested. */
  readonly latest: DeliveryState | null;
  /** Whether its result is awaited. */
  readonly isAwaited: boolean;
  /** Awaits the result of another delivery. */
  readonly follow: (delivery: DeliveryState) => void;
  /** Discards the result. */
  readonly forget: () => void;
}

/** A failed attempt leaves the delivery PENDING, with a new answer if there was one. */
const isAttempted = ({ requested, latest }: Followed): boolean =>
  latest.attempts > requested.attempts &&
  (latest.status !== 'PENDING' || latest.responseStatus !== requested.responseStatus);

const isAwaited = (followed: Followed): boolean => followed.polls < MAX_POLLS && !isAttempted(followed);

/**
 * Asks for the result of a delivery until it was attempted, for some seconds.
 *
 * @param onResult is called when there is a result, or no more time
 */
export function useDeliveryResult(onResult: () => void): DeliveryResultState {
  const client = useClient();
  const [followed, setFollowed] = useState<Followed | null>(null);
  const notify = useEffectEvent(onResult);
  useEffect(() => {
    if (!followed || !isAwaited(followed)) return;
    let isCurrent = true;
    const poll = async () => {
      const { data } = await client
        .query(DeliveryResult, { id: followed.latest.id }, { requestPolicy: 'network-only' })
        .toPromise();
      if (!isCurrent) return;
      const latest = data?.node?.__typename === 'WebhookDelivery' ? data.node : followed.latest;
      const next = { ...followed, latest, polls: followed.polls + 1 };
      setFollowed(next);
      if (!isAwaited(next)) notify();
    };
    const timer = setTimeout(() => void poll(), INTERVAL_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, followed]);
  return {
    latest: followed?.latest ?? null,
    isAwaited: followed !== null && isAwaited(followed),
    follow: (delivery) => setFollowed({ requested: delivery, latest: delivery, polls: 0 }),
    forget: () => setFollowed(null),
  };
}
