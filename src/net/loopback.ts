import ipaddr from 'ipaddr.js';

/** Whether a host is this machine itself, by its name or its address (RFC 1122, RFC 4291). */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback');
