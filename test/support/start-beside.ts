import { Writable } from 'node:stream';
import { createApp } from '../../src/server/app.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { Client } from './client.js';
import { testConfig, type TestPostern } from './postern.js';

/** Starts another Postern with other settings over the same database and clock, which is fast. */
export async function startBeside(postern: TestPostern, settings: Record<string, string>): Promise<TestPostern> {
  const logger = createLogger(
    'trace',
    new Writable({
      write: (line: Buffer, _encoding, done) => {
        postern.log.push(line.toString());
        done();
      },
    }),
  );
  const app = await createApp(testConfig(settings), postern.database, logger, postern.clock.read);
  app.server.addHook('onRequest', postern.statements.onRequest);
  const url = await app.listen();
  return { ...postern, app, url, client: () => new Client(url), close: () => app.close() };
}
