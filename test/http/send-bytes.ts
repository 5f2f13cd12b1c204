import { connect } from 'node:net';

/**
 * Sends header lines and a body as they are, one byte per character, and returns the whole response. HTTP clients
 * merge, reject or encode such headers.
 */
export function sendBytes(url: string, target: string, headerLines: readonly string[], body = ''): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let response = '';
    const socket = connect(Number(port), hostname)
      .setEncoding('latin1')
      .on('data', (part: string) => {
        response += part;
      })
      .on('end', () => resolve(response))
      .on('error', reject);
    socket.write(
      Buffer.from([`${target} HTTP/1.1`, 'connection: close', ...headerLines, '', body].join('\r\n'), 'latin1'),
    );
  });
}
