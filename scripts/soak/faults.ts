import { setTimeout as sleep } from 'node:timers/promises';
import type { TcpProxy } from '../../test/support/tcp-proxy.js';
import type { ProcessSlot } from './processes.ts';
import type { Site } from './site.ts';

/** How long what was taken away stays away (in ms). */
const AWAY_MS = 5_000;
/** How long a process that was killed stays away (in ms), as until a process manager starts it again. */
const RESTART_AFTER_MS = 2_000;

/** Something that goes wrong, and is put right. */
export interface Fault {
  readonly name: string;
  /** Whether requests may fail meanwhile. */
  readonly mayFail: boolean;
  /** Lets it happen. Resolves when everything runs again. */
  inflict(site: Site, round: number): Promise<void>;
}

const slot = ({ processes }: Site, round: number) => processes[round % processes.length] as ProcessSlot;

async function takeAway(line: TcpProxy): Promise<void> {
  await line.cut();
  await sleep(AWAY_MS);
  await line.restore();
}

/** The faults in the order in which they happen. */
export const faults: readonly Fault[] = [
  {
    name: 'a process is killed',
    mayFail: true,
    inflict: async (site, round) => {
      const process = slot(site, round);
      await process.stop('SIGKILL');
      await sleep(RESTART_AFTER_MS);
      await process.start();
    },
  },
  {
    name: 'PostgreSQL restarts, fast',
    mayFail: true,
    inflict: (site) => site.primary().restart('fast'),
  },
  {
    name: 'a process restarts gracefully',
    mayFail: false,
    inflict: async (site, round) => {
      const process = slot(site, round + 1);
      const code = await process.stop('SIGTERM');
      if (code !== 0) throw new Error(`a process exited with ${code}`);
      await process.start();
    },
  },
  {
    name: 'PostgreSQL restarts, immediate',
    mayFail: true,
    inflict: (site) => site.primary().restart('immediate'),
  },
  { name: 'the mail server is gone', mayFail: false, inflict: ({ mailLine }) => takeAway(mailLine) },
  {
    name: 'PostgreSQL is paused',
    mayFail: true,
    inflict: async (site) => {
      const resume = site.primary().pause();
      await sleep(AWAY_MS);
      resume();
    },
  },
  { name: 'the webhook receiver is gone', mayFail: false, inflict: ({ receiverLine }) => takeAway(receiverLine) },
  { name: 'PostgreSQL fails over', mayFail: true, inflict: (site) => site.failOver() },
  { name: 'PgBouncer restarts', mayFail: true, inflict: ({ pgbouncer }) => pgbouncer.restart() },
];
