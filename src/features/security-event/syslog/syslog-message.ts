import { escapeMisleading } from '../../../text/visible-text.js';
import { sealedEventFacts, sealedEventText, timeOf } from '../stream/describe-sealed-event.js';
import type { SealedEvent } from '../stream/read-sealed-events.js';

/** Security and authorization messages (RFC 5424, section 6.2.1). */
const FACILITY = 10;

/** Severities (RFC 5424, section 6.2.1). */
const SEVERITY = { ALERT: 1, WARNING: 4, INFORMATIONAL: 6 } as const;

/** Facilities times this, plus the severity, is the priority (RFC 5424, section 6.2.1). */
const SEVERITIES = 8;

/** The ID of the structured data. 32473 is the enterprise number for documentation (RFC 5612). */
const STRUCTURED_DATA_ID = 'postern@32473';

/** A value that is not there (RFC 5424, section 6). */
const NIL = '-';

/** Begins a message in UTF-8 (RFC 5424, section 6.4). */
const BYTE_ORDER_MARK = '\u{feff}';

/** Escapes a value of structured data (RFC 5424, section 6.3.3). */
const escapeValue = (text: string) => text.replace(/["\\\]]/g, '\\$&');

function severityOf({ fault, event }: SealedEvent): number {
  if (fault !== null) return SEVERITY.ALERT;
  return event?.outcome === 'REFUSED' ? SEVERITY.WARNING : SEVERITY.INFORMATIONAL;
}

/**
 * Formats a sealed event for syslog (RFC 5424). No process is named, so that it is the same whoever sends it. Control
 * characters are escaped.
 *
 * @param hostname the host of the public URL
 */
export function syslogMessage(sealed: SealedEvent, hostname: string): Buffer {
  const priority = FACILITY * SEVERITIES + severityOf(sealed);
  const time = sealed.event ? timeOf(sealed.event).toISOString() : NIL;
  const type = sealed.event?.type ?? sealed.fault ?? NIL;
  const data = sealedEventFacts(sealed).map(([name, value]) => ` ${name}="${escapeValue(escapeMisleading(value))}"`);
  const header = `<${priority}>1 ${time} ${hostname} postern ${NIL} ${type} [${STRUCTURED_DATA_ID}${data.join('')}]`;
  return Buffer.from(`${header} ${BYTE_ORDER_MARK}${sealedEventText(sealed)}`);
}
