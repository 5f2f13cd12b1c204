import { sql } from 'kysely';
import { minutes, seconds } from '../../duration.js';
import type { ReadinessPart } from '../../telemetry/readiness.js';
import { select } from '../read/select.js';
import type { Database } from './database.js';

/** How far the clock of this machine may be from the database's. */
const TOLERANCE_MS = minutes(1);

/** How far the clock may run from one that can't be set before it is compared again. */
const STEADY_MS = seconds(1);

/** Two clocks are read one after the other, so they seem to part a little. NTP steps a clock by 128 ms or more. */
const NOISE_MS = 100;

const databaseTime = select('database_time', (db) => db.selectNoFrom(sql<Date>`clock_timestamp()`.as('time')));

/**
 * The clock of this machine, compared with the database's. Instances compare stored times with their own clock, so a
 * wrong one would expire what is valid for the others (docs/decisions/037-clocks.md).
 */
export class MachineClock {
  private measured = { differenceMs: 0, offsetMs: monotonicOffset() };

  constructor(private readonly database: Pick<Database, 'kind' | 'reader'>) {}

  /** How far it was set, or the machine slept, since the last check. */
  private get changeMs(): number {
    return monotonicOffset() - this.measured.offsetMs;
  }

  /** How far it is ahead of the database's, negative if it is behind. Notices if it was set since the last check. */
  get differenceMs(): number {
    if (this.database.kind === 'embedded') return 0;
    const { changeMs } = this;
    return this.measured.differenceMs + (Math.abs(changeMs) < NOISE_MS ? 0 : changeMs);
  }

  /** Whether times that this process compares and stores are right for all. */
  get isRight(): boolean {
    return Math.abs(this.differenceMs) <= TOLERANCE_MS;
  }

  /**
   * Whether it has run evenly since the last check. If not, it was set or the machine slept. Only a check finds out
   * which, and what the time of the database is.
   */
  get isSteady(): boolean {
    return this.database.kind === 'embedded' || Math.abs(this.changeMs) <= STEADY_MS;
  }

  /** The time of the database when this machine's clock shows a time. */
  toDatabaseTime(time: Date): Date {
    return new Date(time.getTime() - this.differenceMs);
  }

  /** Asks the database for its time. The embedded database has the clock of this machine. */
  async check(): Promise<void> {
    if (this.database.kind === 'embedded') return;
    const [before, offsetMs] = [Date.now(), monotonicOffset()];
    const [row] = await databaseTime(this.database.reader, {});
    const after = Date.now();
    const time = row?.time.getTime() ?? before;
    // The database read its clock between the two; only what lies outside is a difference.
    this.measured = { differenceMs: Math.max(before - time, 0) + Math.min(after - time, 0), offsetMs };
  }
}

/** The time of this machine, relative to a clock that can't be set. It changes when the time is set. */
const monotonicOffset = (): number => Date.now() - performance.now();

/** The clock is well if it is right. */
export const clockReadiness = (clock: Pick<MachineClock, 'isRight'>): ReadinessPart => ({
  name: 'clock',
  findFault: () => (clock.isRight ? null : 'the clock of this machine is more than a minute from the database’s'),
});
