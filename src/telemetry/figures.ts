import type { Registry } from 'prom-client';
import { gauge } from './gauge.js';

/** What is read from the database. Times are in seconds. */
export interface Figures {
  /** Null while there are too many to be counted in time. */
  readonly openSessions: number | null;
  readonly unsealedEvents: number;
  readonly oldestUnsealedSeconds: number;
  readonly waitingMails: number;
  readonly oldestMailSeconds: number;
  /** Null while there is no signing key. */
  readonly signingKeySeconds: number | null;
  readonly waitingDeliveries: number;
  readonly oldestDeliverySeconds: number;
  readonly failingWebhooks: number;
  readonly oldestUnsentSeconds: number;
}

/** The gauge of each figure: its name and its help text. */
const gauges: Readonly<Record<keyof Figures, readonly [name: string, help: string]>> = {
  openSessions: [
    'postern_sessions_open',
    'Open sessions of all instances; NaN if there are too many to be counted in time.',
  ],
  waitingMails: ['postern_mail_waiting', 'Emails that are queued, also for a retry.'],
  oldestMailSeconds: [
    'postern_mail_oldest_seconds',
    'Age of the oldest email that is due or was tried, in seconds; 0 if there is none.',
  ],
  waitingDeliveries: ['postern_webhook_deliveries_waiting', 'Events that wait to be sent to a webhook, also again.'],
  oldestDeliverySeconds: [
    'postern_webhook_deliveries_oldest_seconds',
    'Age of the oldest of them, in seconds; 0 if there is none.',
  ],
  failingWebhooks: ['postern_webhooks_failing', 'Webhooks that were turned off because their receiver failed.'],
  unsealedEvents: ['postern_security_events_unsealed', 'Security events after the last seal.'],
  oldestUnsealedSeconds: [
    'postern_security_events_unsealed_oldest_seconds',
    'Age of the oldest of them, in seconds; 0 if there is none.',
  ],
  oldestUnsentSeconds: [
    'postern_syslog_oldest_seconds',
    'How long the oldest sealed event has been waiting to be sent to syslog, in seconds; 0 if there is none.',
  ],
  signingKeySeconds: [
    'postern_signing_key_age_seconds',
    'Age of the newest signing key of identity tokens, in seconds; NaN if there is none.',
  ],
};

/**
 * Adds the gauges of what is read from the database.
 *
 * @param figures returns null if it can't be read; the values are NaN then
 */
export function addFigures(registry: Registry, figures: () => Promise<Figures | null>): void {
  for (const [key, [name, help]] of Object.entries(gauges) as [keyof Figures, readonly [string, string]][])
    gauge(registry, name, help, async () => (await figures())?.[key] ?? NaN);
}
