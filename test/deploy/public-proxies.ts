import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { selfSigned } from '../support/certificates.js';
import { findFreePort } from '../support/free-port.js';
import { startCaddy, startNginx } from '../support/proxies.js';
import { temporaryFolder, type TestProcess } from '../support/server-process.js';
import { HOST } from './http2-client.js';

const folder = join(import.meta.dirname, '../../deploy');

/** A proxy that runs, with the certificate that it shows. */
export interface PublicProxy {
  readonly https: number;
  readonly http: number;
  readonly cert: string;
  readonly process: TestProcess;
}

/** Replaces a text that must be there. */
function replace(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`the file has no ${from}`);
  return text.replaceAll(from, to);
}

/** Writes a self-signed certificate, and finds ports. */
async function prepare(): Promise<
  Omit<PublicProxy, 'process'> & { readonly certFile: string; readonly keyFile: string }
> {
  const directory = temporaryFolder();
  const [certFile, keyFile] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  const { cert, key } = selfSigned(HOST);
  writeFileSync(certFile, cert);
  writeFileSync(keyFile, key);
  return { https: await findFreePort(), http: await findFreePort(), cert, certFile, keyFile };
}

/** Starts nginx with deploy/nginx/postern.conf before some instances, such as `127.0.0.1:4000`. */
async function nginx(instances: readonly string[]): Promise<PublicProxy> {
  const { https, http, cert, certFile, keyFile } = await prepare();
  const file = readFileSync(join(folder, 'nginx/postern.conf'), 'utf8');
  const [line = 'the line of an instance', parameters = ''] = /server 127\.0\.0\.1:4000([^;]*);/.exec(file) ?? [];
  const changes = [
    ['    listen [::]:80;\n', ''],
    ['    listen [::]:443 ssl http2;\n', ''],
    ['listen 80;', `listen 127.0.0.1:${http};`],
    ['listen 443 ', `listen 127.0.0.1:${https} `],
    [line, instances.map((instance) => `server ${instance}${parameters};`).join(' ')],
    ['/etc/ssl/account.example.org.pem', certFile],
    ['/etc/ssl/account.example.org.key', keyFile],
  ] as const;
  const process = await startNginx(
    changes.reduce((text, [from, to]) => replace(text, from, to), file),
    https,
  );
  return { https, http, cert, process };
}

/** Starts Caddy with deploy/caddy/Caddyfile before some instances. */
async function caddy(instances: readonly string[]): Promise<PublicProxy> {
  const { https, http, cert, certFile, keyFile } = await prepare();
  const file = readFileSync(join(folder, 'caddy/Caddyfile'), 'utf8');
  const address = '{$SITE:account.example.org} {\n';
  const site = replace(file, address, `${address}\tbind 127.0.0.1\n\ttls ${certFile} ${keyFile}\n`);
  const options = [`http_port ${http}`, `https_port ${https}`, 'skip_install_trust'];
  const process = await startCaddy(site, options, https, { INSTANCES: instances.join(' ') });
  return { https, http, cert, process };
}

/** The proxies with the configurations of deploy/, and the method of requests that they repeat at another instance. */
export const publicProxies = {
  nginx: { start: nginx, repeats: 'POST' },
  // Debian's Caddy 2.6 repeats no request with a body.
  Caddy: { start: caddy, repeats: 'GET' },
} as const;
