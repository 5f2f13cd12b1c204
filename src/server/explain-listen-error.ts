import type { ListenError } from '../http/listen.js';

/** Explains why it is not possible to listen on an address, and what to do; null for an unexpected error. */
export function explainListenError({ code, endpoint: { host, port, settings } }: ListenError): string | null {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is already in use. Stop the program that uses it, or set ${settings.port} to another port.`;
    case 'EACCES':
      return `Port ${port} on ${host} needs a permission that this user doesn't have. Set ${settings.port} to a port above 1023, and let a reverse proxy forward to it.`;
    case 'EADDRNOTAVAIL':
      return `${host} (${settings.host}) is not an address of this machine. Set ${settings.host} to one of its addresses, or to 0.0.0.0 for all of them.`;
    case 'EAFNOSUPPORT':
    case 'EINVAL':
      return `This machine doesn't support addresses such as ${host} (${settings.host}). Set ${settings.host} to an IPv4 address.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host ${host} (${settings.host}) can't be found. Set ${settings.host} to an IP address of this machine, or to 0.0.0.0 for all of them.`;
    default:
      return null;
  }
}
