/** The origin of a request, as seen by the server. */
export interface Caller {
  /** The canonical IP address of the peer, or of the client behind trusted proxies; null if there is none. */
  readonly ip: string | null;
  /** At most 256 characters, without control characters. */
  readonly userAgent: string | null;
  /** The access token of the request; null if it has none. */
  readonly accessTokenId?: string | null;
  /** Identifies the request in responses, logs and events. */
  readonly requestId: string;
  /** The trace that the client named in `traceparent`: 32 hexadecimal digits; null if it named none. */
  readonly traceId?: string | null;
}
