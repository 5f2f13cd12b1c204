import { statfsSync } from 'node:fs';
import type { PGlite, Transaction } from '@electric-sql/pglite';
import { seconds } from '../../duration.js';
import type { ReadinessPart } from '../../telemetry/readiness.js';

/** How often the file system is asked at most. */
const LOOK_INTERVAL_MS = seconds(1);

/** The folder of the embedded database has too little room. The code is PostgreSQL's disk_full (appendix A). */
class LowDiskSpaceError extends Error {
  readonly code = '53100';
  readonly isLowDiskSpace = true;
}

/** Whether an error says that the embedded database has too little room. The ORM copies properties, not classes. */
export const isLowDiskSpace = (error: object): boolean => 'isLowDiskSpace' in error;

/** Statements that write, or lock rows, which writes too. Words in strings don't count, since values are parameters. */
const WRITES = /\b(?:insert|update|delete|merge|truncate|create|alter|drop)\b/i;

/**
 * The free space of the file system of an embedded database. A commit on a full disk never returns and stalls the
 * process, so writes fail before that (docs/decisions/038-full-disk.md).
 */
export class DiskSpace implements ReadinessPart {
  readonly name = 'disk';
  private looked = { at: -Infinity, isLow: false };

  constructor(
    private readonly directory: string,
    private readonly minimumBytes: number,
  ) {}

  /** Whether less than the minimum is free, as of the last second. */
  get isLow(): boolean {
    const now = performance.now();
    if (now - this.looked.at >= LOOK_INTERVAL_MS) {
      const { bavail, bsize } = statfsSync(this.directory);
      this.looked = { at: now, isLow: bavail * bsize < this.minimumBytes };
    }
    return this.looked.isLow;
  }

  readonly findFault = (): string | null =>
    this.isLow ? 'too little disk space is free for the database, so it is read-only' : null;

  /** Makes the writes of a database fail while too little is free. */
  guardWrites(pglite: PGlite): void {
    const guard = <Client extends Pick<PGlite, 'query' | 'exec'>>(client: Client): Client => {
      const { query, exec } = client;
      return Object.assign(client, {
        query: this.guarded<PGlite['query']>(query.bind(client)),
        exec: this.guarded<PGlite['exec']>(exec.bind(client)),
      });
    };
    guard(pglite);
    const begin = pglite.transaction.bind(pglite);
    pglite.transaction = (work) => begin((transaction: Transaction) => work(guard(transaction)));
  }

  private guarded<Send extends (text: string, ...rest: never[]) => Promise<unknown>>(send: Send): Send {
    return (async (text: string, ...rest: never[]) => {
      if (this.isLow && WRITES.test(text))
        throw new LowDiskSpaceError(
          `Less than ${this.minimumBytes / 2 ** 20} MiB are free in ${this.directory} (POSTERN_DATA_MIN_FREE_MIB), so nothing can be written.`,
        );
      return send(text, ...rest);
    }) as Send;
  }
}
