import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCaddy, startNginx } from '../support/proxies.js';
import { launch } from '../support/server-process.js';

const folder = join(import.meta.dirname, '../../examples/console');

/** Where the programs around a proxy listen. */
export interface ProxyPorts {
  readonly proxy: number;
  readonly postern: number;
  readonly console: number;
}

/** A file of the example, at the ports and the host of a test. */
const adapted = (file: string, host: string, { proxy, postern, console }: ProxyPorts): string =>
  readFileSync(join(folder, file), 'utf8')
    .replaceAll('127.0.0.1:4000', `127.0.0.1:${postern}`)
    .replaceAll('127.0.0.1:8081', `127.0.0.1:${console}`)
    .replaceAll('8080', String(proxy))
    .replaceAll('console.example.org', host);

/** Starts the console. */
export async function startConsole(port: number, signOutUrl: string): Promise<void> {
  const server = launch(process.execPath, [join(folder, 'console.ts')], {
    PORT: String(port),
    SIGN_OUT_URL: signOutUrl,
  });
  await server.until(({ stdout }) => stdout.includes('console: http://'));
}

/** The proxies of the example, with its configurations. */
export const proxies = {
  nginx: (host: string, ports: ProxyPorts) => startNginx(adapted('nginx.conf', host, ports), ports.proxy),
  Caddy: (host: string, ports: ProxyPorts) =>
    startCaddy(adapted('Caddyfile', host, ports), ['auto_https off'], ports.proxy),
} as const;
