import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { launch, temporaryFolder, type TestProcess } from './server-process.js';

/** Debian has servers where only root looks for programs. */
const programs = `${process.env['PATH']}:/usr/sbin`;

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
      .once('connect', () => resolve(true))
      .once('error', () => resolve(false));
    socket.once('connect', () => socket.end());
  });

/** Waits until a proxy listens. Rejects with its output when it ends. */
async function untilListening(proxy: TestProcess, port: number): Promise<TestProcess> {
  const ends = proxy.ended.then(({ stderr }) => Promise.reject(new Error(`the proxy ended: ${stderr}`)));
  await Promise.race([eventually(() => isListening(port), 'the proxy listens'), ends]);
  // It ends when the tests are over.
  ends.catch(() => undefined);
  return proxy;
}

/**
 * Starts nginx (Debian's package) with a file as in /etc/nginx/conf.d/. `cleanUp` ends it.
 *
 * @param port one that the file listens on
 */
export async function startNginx(file: string, port: number): Promise<TestProcess> {
  const directory = temporaryFolder();
  writeFileSync(join(directory, 'site.conf'), file);
  const bodies = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${directory}/${kind};`,
  );
  writeFileSync(
    join(directory, 'nginx.conf'),
    `daemon off; master_process off; pid ${directory}/pid; error_log stderr warn;
events {}
http { access_log off; ${bodies.join(' ')} include ${directory}/site.conf; }
`,
  );
  const argv = ['-p', directory, '-e', 'stderr', '-c', join(directory, 'nginx.conf')];
  return untilListening(launch('nginx', argv, {}, { PATH: programs }), port);
}

/**
 * Starts Caddy (Debian's package) with a Caddyfile. `cleanUp` ends it.
 *
 * @param options global options, which go before the file
 * @param port one that the file listens on
 * @param variables of the environment, which the file may use
 */
export async function startCaddy(
  file: string,
  options: readonly string[],
  port: number,
  variables: Readonly<Record<string, string>> = {},
): Promise<TestProcess> {
  const directory = temporaryFolder();
  const caddyfile = join(directory, 'Caddyfile');
  writeFileSync(caddyfile, `{\n${['admin off', ...options].map((line) => `\t${line}\n`).join('')}}\n${file}`);
  const argv = ['run', '--config', caddyfile, '--adapter', 'caddyfile'];
  const environment = { PATH: programs, XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory, ...variables };
  return untilListening(launch('caddy', argv, {}, environment), port);
}
