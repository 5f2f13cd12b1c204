import { startSyslogWorker } from '../features/security-event/syslog/syslog-worker.js';
import { startWebhookWorker } from '../features/webhook/delivery/webhook-worker.js';
import type { Dependencies } from '../http/request/create-context.js';

/** Starts what sends security events to other services. @returns how to stop each, by its name */
export function startEventSenders(
  dependencies: Dependencies,
  mayWork: () => boolean,
): Readonly<Record<'webhooks' | 'syslog', () => Promise<void>>> {
  const { syslog: receiver } = dependencies.config;
  const webhooks = startWebhookWorker(dependencies, mayWork);
  const syslog = receiver && startSyslogWorker(receiver, dependencies, mayWork);
  return { webhooks: () => webhooks.close(), syslog: () => syslog?.close() ?? Promise.resolve() };
}
