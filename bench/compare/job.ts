import { fire, type Load } from '../load.ts';
import type { BenchUser } from '../people.ts';
import type { Site } from './site.ts';

/** The work of a job at one site. */
export interface Work {
  /** Prepares a number of requests, outside the measurement. */
  before?(requests: number): Promise<void>;
  /** Sends a number of requests. @throws when a response is wrong */
  run(requests: number): Promise<void>;
}

/** A kind of request that is measured at both sites. */
export interface Job {
  readonly name: string;
  /** The number of requests per site and round. */
  readonly requests: number;
  /** Creates the job's data through the site's API. */
  setUp(site: Site): Promise<Work>;
}

/** A job that sends one request over and over. */
export const jobOf = (
  name: string,
  requests: number,
  loadOf: (site: Site) => Load,
  usersOf: (site: Site) => Promise<readonly BenchUser[]>,
): Job => ({
  name,
  requests,
  setUp: async (site) => {
    const [load, users] = [loadOf(site), await usersOf(site)];
    return {
      run: async (count) => {
        await fire(load, site.url, users, count);
      },
    };
  },
});

/** Lets each of several users repeat some work, all in parallel, until it was done `count` times. */
export async function eachInParallel<Of>(
  users: readonly Of[],
  count: number,
  work: (user: Of) => Promise<void>,
): Promise<void> {
  let left = count;
  await Promise.all(
    users.map(async (user) => {
      while (left > 0) {
        left -= 1;
        await work(user);
      }
    }),
  );
}
