import { fire, type Load } from '../load.ts';
import type { Person } from '../people.ts';
import type { Site } from './site.ts';

/** What a job does at one site. */
export interface Work {
  /** Gets ready for so many requests, without being measured. */
  before?(requests: number): Promise<void>;
  /** Sends so many requests. @throws when one answer is not the right one */
  run(requests: number): Promise<void>;
}

/** A kind of request that is measured at both sites. */
export interface Job {
  readonly name: string;
  /** How many requests a site gets in a round. */
  readonly requests: number;
  /** Makes the job's data through the site's API. */
  setUp(site: Site): Promise<Work>;
}

/** A job that sends one request over and over. */
export const jobOf = (
  name: string,
  requests: number,
  loadOf: (site: Site) => Load,
  peopleOf: (site: Site) => Promise<readonly Person[]>,
): Job => ({
  name,
  requests,
  setUp: async (site) => {
    const [load, people] = [loadOf(site), await peopleOf(site)];
    return {
      run: async (count) => {
        await fire(load, site.url, people, count);
      },
    };
  },
});

/** Has each of some people do something in turns of their own, all at once, until it was done so many times. */
export async function eachInParallel<Of>(
  people: readonly Of[],
  count: number,
  work: (person: Of) => Promise<void>,
): Promise<void> {
  let left = count;
  await Promise.all(
    people.map(async (person) => {
      while (left > 0) {
        left -= 1;
        await work(person);
      }
    }),
  );
}
