/** How messages travel: RFC 5426, RFC 6587 with octet counting, and RFC 5425. */
export type SyslogTransport = 'udp' | 'tcp' | 'tls';

/** The registered ports of the transports. */
const PORTS: Readonly<Record<SyslogTransport, number>> = { udp: 514, tcp: 601, tls: 6514 };

/** Where security events are sent. */
export interface SyslogConfig {
  readonly transport: SyslogTransport;
  /** A name, or an IP address without brackets. */
  readonly host: string;
  readonly port: number;
  /** The host in messages: that of the public URL, whichever process sends. */
  readonly hostname: string;
}

const withoutBrackets = (host: string) => host.replace(/^\[|\]$/g, '');

/** The receiver of a valid URL. */
export function toSyslogConfig(receiver: string, publicUrl: string): SyslogConfig {
  const { protocol, hostname, port } = new URL(receiver);
  const transport = protocol.slice(0, -1) as SyslogTransport;
  return {
    transport,
    host: withoutBrackets(hostname),
    port: port === '' ? PORTS[transport] : Number(port),
    hostname: withoutBrackets(new URL(publicUrl).hostname),
  };
}
