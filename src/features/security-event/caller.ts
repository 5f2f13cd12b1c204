/** The origin of a request, as seen by the server. */
export interface Caller {
  /** The canonical IP address of the peer, or of the client behind trusted proxies; null if there is none. */
  readonly ip: string | null;
  /** At most 256 characters, without control characters. */
  readonly userAgent: string | null;
  /** Identifies the request in responses, logs and events. */
  readonly requestId: string;
}
