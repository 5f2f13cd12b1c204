import type { Config } from '../config/config.js';
import { seconds } from '../duration.js';
import { resolveName } from '../net/resolve-name.js';
import { sendSyslog } from '../net/send-syslog.js';
import { ok, warn, type CheckResult } from './check-result.js';

const TIMEOUT_MS = seconds(5);

/** Checks that the syslog receiver accepts a connection, and closes it when Postern does. Events wait without it. */
export async function* checkSyslog({ syslog }: Pick<Config, 'syslog'>): AsyncGenerator<CheckResult> {
  if (syslog === null) return;
  const address = `${syslog.host}:${syslog.port}`;
  if (syslog.transport === 'udp') {
    yield ok('syslog', `events are sent to ${address} over UDP, which can't be checked`);
    return;
  }
  try {
    await sendSyslog(syslog, [], resolveName, AbortSignal.timeout(TIMEOUT_MS));
    yield ok('syslog', `${address} accepts the connection; no event was sent`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    yield warn(
      'syslog',
      `${address} can't take events (${reason}). Check POSTERN_SYSLOG_URL, and that the receiver runs. Events wait until then.`,
    );
  }
}
