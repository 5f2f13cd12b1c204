import { readFileSync } from 'node:fs';
import { publicProxies, type PublicProxy } from '../../test/deploy/public-proxies.js';
import { MailServer } from '../../test/support/mail-server.js';
import { startConfigured, type Pgbouncer } from '../../test/support/pgbouncer.js';
import { cleanUp } from '../../test/support/server-process.js';
import { openProxy, type TcpProxy } from '../../test/support/tcp-proxy.js';
import { WebhookReceiver } from '../../test/support/webhook-receiver.js';
import { makeCluster, type Cluster } from '../faults/postgresql-cluster.ts';
import { ProcessSlot } from './processes.ts';

/** Postern as in production: processes behind nginx, PostgreSQL with a standby, PgBouncer, mail and webhooks. */
export interface Site {
  readonly nginx: PublicProxy;
  readonly processes: readonly ProcessSlot[];
  readonly pgbouncer: Pgbouncer;
  readonly mail: MailServer;
  /** Between Postern and the mail server; cutting it takes the server away. */
  readonly mailLine: TcpProxy;
  readonly receiver: WebhookReceiver;
  readonly receiverLine: TcpProxy;
  /** The one-time token of the first process. */
  readonly setupToken: string;
  /** The database server that accepts changes. */
  primary(): Cluster;
  /** Ends the primary as a crash does, promotes its standby and moves the address. */
  failOver(): Promise<void>;
  /** Adds a standby to a primary that has none. */
  completeCluster(): Promise<void>;
  /** Settings with which commands run. */
  readonly commandSettings: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** The database servers, and the address that leads to the primary. */
async function startDatabase() {
  const made: Cluster[] = [];
  const keep = (cluster: Cluster) => (made.push(cluster), cluster);
  let primary = keep(await makeCluster());
  let standby: Cluster | null = keep(await primary.addStandby());
  const address = await openProxy(primary.url);
  return {
    address,
    primary: () => primary,
    failOver: async () => {
      if (!standby) throw new Error('there is no standby');
      const old = primary;
      await old.crash();
      await standby.run('select pg_promote()');
      address.redirect(standby.url);
      [primary, standby] = [standby, null];
      made.splice(made.indexOf(old), 1);
      await old.remove();
    },
    completeCluster: async () => {
      standby ??= keep(await primary.addStandby());
    },
    close: async () => {
      await address.close();
      for (const cluster of made) await cluster.remove();
    },
  };
}

/** PgBouncer with the configuration of deploy/, besides passwords: the trial's servers ask for none. */
function startPooler(url: string): Promise<Pgbouncer> {
  const file = readFileSync(new URL('../../deploy/pgbouncer/pgbouncer.ini', import.meta.url), 'utf8');
  const { hostname, port } = new URL(url);
  return startConfigured(url, (ownPort, users) =>
    file
      .replace(/^postern = .*$/m, `* = host=${hostname} port=${port}`)
      .replace(/^listen_addr = .*$/m, 'listen_addr = 127.0.0.1')
      .replace(/^listen_port = .*$/m, `listen_port = ${ownPort}`)
      .replace(/^auth_type = .*$/m, 'auth_type = trust')
      .replace(/^auth_file = .*$/m, `auth_file = ${users}`),
  );
}

const commonSettings = {
  TRUSTED_PROXIES: '127.0.0.1',
  WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1',
  STEP_UP_MINUTES: '60',
  EVENT_SEAL_SECONDS: '5',
  LOG_SAMPLE: '0',
};

/** Starts everything. Every second process reaches the database through PgBouncer, the others directly. */
export async function startSite(processCount: number, onCrash: (text: string) => void): Promise<Site> {
  const database = await startDatabase();
  const mail = await MailServer.start();
  const mailLine = await openProxy(mail.url);
  const receiver = await WebhookReceiver.start();
  const receiverLine = await openProxy(receiver.url);
  const pgbouncer = await startPooler(database.address.url);
  const direct = { ...commonSettings, SMTP_URL: mailLine.url, DATABASE_URL: database.address.url };
  const pooled = {
    ...direct,
    DATABASE_URL: pgbouncer.url,
    DATABASE_POOLER: 'transaction',
    DATABASE_SESSION_URL: database.address.url,
  };
  const processes: ProcessSlot[] = [];
  for (let number = 0; number < processCount; number += 1)
    processes.push(await ProcessSlot.open(number % 2 === 0 ? direct : pooled, onCrash));
  return {
    ...database,
    nginx: await publicProxies.nginx.start(processes.map(({ host }) => host)),
    processes,
    pgbouncer,
    mail,
    mailLine,
    receiver,
    receiverLine,
    setupToken: processes[0]?.setupToken ?? '',
    commandSettings: direct,
    close: async () => {
      await cleanUp();
      await pgbouncer.stop();
      await Promise.all([mailLine.close(), receiverLine.close(), receiver.close(), mail.close()]);
      await database.close();
    },
  };
}
