/** A trace, as W3C Trace Context names it. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** Two hexadecimal digits; the lowest bit says whether the trace is recorded. */
  readonly flags: string;
}

/** A trace, and the span in it that caused the current work in another process. */
export interface RemoteParent extends TraceContext {
  /** 16 hexadecimal digits. */
  readonly parentId: string;
}

/** Version, trace ID, parent ID and flags. A later version than 00 may append fields (W3C Trace Context, 4.3). */
const PATTERN = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(-.*)?$/;

/** The longest header that is read; a trace of version 00 has 55 characters. */
const MAXIMUM_LENGTH = 256;

/** Parses `traceparent` (W3C Trace Context). Null for a missing or malformed one, which is ignored. */
export function parseTraceparent(header: string | readonly string[] | undefined): RemoteParent | null {
  if (typeof header !== 'string' || header.length > MAXIMUM_LENGTH) return null;
  const [, version, traceId, parentId, flags, more] = PATTERN.exec(header) ?? [];
  if (traceId === undefined || parentId === undefined || flags === undefined) return null;
  return version === '00' && more !== undefined ? null : { traceId, parentId, flags };
}

/** The ID of the span of a request: the last 16 digits of its ID, a UUID of version 4, so they are never all zero. */
export const spanIdOf = (requestId: string): string => requestId.replaceAll('-', '').slice(-16);

/** The `traceparent` of what a request causes: its trace, and the request as parent. */
export const toTraceparent = ({ traceId, flags }: TraceContext, requestId: string): string =>
  `00-${traceId}-${spanIdOf(requestId)}-${flags}`;
