/** Where a request comes from, as far as the server knows by itself. */
export interface Caller {
  /** The canonical address of the peer, or of the client behind trusted proxies; null where there is none. */
  readonly ip: string | null;
  /** At most 256 characters, none of them a control character. */
  readonly userAgent: string | null;
  /** Names the request in answers, logs and events. */
  readonly requestId: string;
}
