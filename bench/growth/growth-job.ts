import { send } from '../people.ts';
import type { GrowthSite, GrowthUser } from './growth-site.ts';

/** A kind of work that is measured at each size. */
export interface GrowthJob {
  readonly name: string;
  /** How often it is done at each site in a round. */
  readonly requests: number;
  /** The tables whose size could matter. */
  readonly tables: string;
  /** Does it for so many users in turn, from the one at an index on. @throws when an answer is wrong */
  run(site: GrowthSite, first: number, count: number): Promise<void>;
}

/** How many requests are sent at the same time. */
const CONCURRENCY = 8;

/** Does some work for so many numbers, several at the same time. */
export async function forEach(first: number, count: number, work: (number: number) => Promise<unknown>): Promise<void> {
  let next = first;
  const worker = async () => {
    while (next < first + count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, count) }, worker));
}

/** Does some work for each of so many users in turn. */
export const forUsers = (
  users: readonly GrowthUser[],
  first: number,
  count: number,
  work: (user: GrowthUser, number: number) => Promise<unknown>,
): Promise<void> => forEach(first, count, (number) => work(users[number % users.length]!, number));

/** @throws when an answer is wrong: a server that only refuses measures nothing */
export function ensure(isRight: unknown, what: string): void {
  if (!isRight) throw new Error(`${what} was answered wrongly`);
}

/** A query that is repeated with the tokens of some users. */
export interface ReadJob extends Omit<GrowthJob, 'run'> {
  readonly query: string;
  isRight(data: any): unknown;
  of(site: GrowthSite): readonly Pick<GrowthUser, 'token'>[];
}

export const read = ({ query, isRight, of, ...job }: ReadJob): GrowthJob => ({
  ...job,
  run: (site, first, count) => {
    const users = of(site);
    return forEach(first, count, async (number) => {
      const { token } = users[number % users.length]!;
      ensure(isRight(await send(site.url, query, {}, token)), job.name);
    });
  },
});
