import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newAuthority } from '../../test/support/certificates.ts';
import type { CleanUp } from '../compare/clean-up.ts';

/** A receiver of webhooks with TLS, which accepts every message. */
export interface CountingReceiver {
  readonly url: string;
  /** The settings with which a server sends to it. */
  readonly settings: Readonly<Record<string, string>>;
  /** How many messages have arrived. */
  received(): number;
}

/** Opens a receiver on a free local port. */
export async function openReceiver(cleanUp: CleanUp): Promise<CountingReceiver> {
  const authority = newAuthority();
  const folder = await cleanUp.keep(
    () => mkdtemp(join(tmpdir(), 'postern-growth-')),
    (made) => rm(made, { recursive: true }),
  );
  const file = join(folder, 'authority.pem');
  await writeFile(file, authority.cert);
  let received = 0;
  const server = createServer(authority.issue('IP:127.0.0.1'), (request, response) => {
    request.resume().on('end', () => {
      received += 1;
      response.writeHead(204).end();
    });
  });
  await cleanUp.keep(
    () => once(server.listen(0, '127.0.0.1'), 'listening'),
    async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  );
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    settings: { NODE_EXTRA_CA_CERTS: file, POSTERN_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1' },
    received: () => received,
  };
}
