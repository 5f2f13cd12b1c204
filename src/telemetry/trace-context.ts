/** The trace that a client names in `traceparent`. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** The flags that the client sent, as two hexadecimal digits. */
  readonly flags: string;
}

/** Version, trace ID, parent ID and flags. A later version than 00 may append fields (W3C Trace Context, 4.3). */
const PATTERN = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-([\da-f]{2})(-.*)?$/;

/** The longest header that is read; a trace of version 00 has 55 characters. */
const MAXIMUM_LENGTH = 256;

/** Parses `traceparent` (W3C Trace Context). Null for a missing or malformed one, which is ignored. */
export function parseTraceparent(header: string | readonly string[] | undefined): TraceContext | null {
  if (typeof header !== 'string' || header.length > MAXIMUM_LENGTH) return null;
  const [, version, traceId, flags, more] = PATTERN.exec(header) ?? [];
  if (traceId === undefined || flags === undefined || (version === '00' && more !== undefined)) return null;
  return { traceId, flags };
}

/**
 * The `traceparent` of what a request causes: its trace, and the request as parent.
 *
 * @param requestId a UUID, whose last 16 digits are the parent ID
 */
export const toTraceparent = ({ traceId, flags }: TraceContext, requestId: string): string =>
  `00-${traceId}-${requestId.replaceAll('-', '').slice(-16)}-${flags}`;
