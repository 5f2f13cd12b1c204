import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../support/eventually.js';
import { launch, temporaryFolder, type TestProcess } from '../support/server-process.js';

const folder = join(import.meta.dirname, '../../examples/console');

/** Debian has servers where only root looks for programs. */
const programs = `${process.env['PATH']}:/usr/sbin`;

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

/** Waits until a proxy answers. Rejects with its output when it ends. */
async function untilListening(proxy: TestProcess, port: number): Promise<void> {
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' }).then(
      () => true,
      () => false,
    );
  const ends = proxy.ended.then(({ stderr }) => Promise.reject(new Error(`the proxy ended: ${stderr}`)));
  await Promise.race([eventually(answers, 'the proxy listens'), ends]);
  // It ends when the tests are over.
  ends.catch(() => undefined);
}

/** Starts nginx (Debian's package) with the example's configuration. */
async function startNginx(host: string, ports: ProxyPorts): Promise<void> {
  const directory = temporaryFolder();
  writeFileSync(join(directory, 'console.conf'), adapted('nginx.conf', host, ports));
  const bodies = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${directory}/${kind};`,
  );
  writeFileSync(
    join(directory, 'nginx.conf'),
    `daemon off; master_process off; pid ${directory}/pid; error_log stderr warn;
events {}
http { access_log off; ${bodies.join(' ')} include ${directory}/console.conf; }
`,
  );
  const nginx = launch(
    'nginx',
    ['-p', directory, '-e', 'stderr', '-c', join(directory, 'nginx.conf')],
    {},
    { PATH: programs },
  );
  await untilListening(nginx, ports.proxy);
}

/** Starts Caddy (Debian's package) with the example's configuration. */
async function startCaddy(host: string, ports: ProxyPorts): Promise<void> {
  const directory = temporaryFolder();
  const file = join(directory, 'Caddyfile');
  writeFileSync(file, `{\n\tadmin off\n\tauto_https off\n}\n${adapted('Caddyfile', host, ports)}`);
  const caddy = launch(
    'caddy',
    ['run', '--config', file, '--adapter', 'caddyfile'],
    {},
    {
      PATH: programs,
      XDG_DATA_HOME: directory,
      XDG_CONFIG_HOME: directory,
    },
  );
  await untilListening(caddy, ports.proxy);
}

/** Starts the console. */
export async function startConsole(port: number, signOutUrl: string): Promise<void> {
  const server = launch(process.execPath, [join(folder, 'console.ts')], {
    PORT: String(port),
    SIGN_OUT_URL: signOutUrl,
  });
  await server.until(({ stdout }) => stdout.includes('console: http://'));
}

/** The proxies of the example. */
export const proxies = { nginx: startNginx, Caddy: startCaddy } as const;
