import { fire, type Load } from './load.ts';
import type { Person } from './people.ts';
import type { Server } from './server-process.ts';

/** What a server did in one round. */
export interface Measurement {
  readonly cpuMsPerRequest: number;
  readonly requestsPerSecond: number;
}

/** Each server's measurements, by its name; the same place in each list is the same round. */
export type Rounds<Name extends string> = Record<Name, Measurement[]>;

/**
 * Puts the same load on servers in turn, round after round, so that whatever else the machine does meets all alike;
 * each round begins with another server.
 */
export async function playRounds<Name extends string>(
  load: Load,
  servers: Record<Name, Server>,
  people: readonly Person[],
  rounds: number,
): Promise<Rounds<Name>> {
  const names = Object.keys(servers) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as Measurement[]])) as Rounds<Name>;
  for (const name of names) await fire(load, servers[name].url, people, load.warmUp);
  for (let round = 0; round < rounds; round += 1) {
    const turn = round % names.length;
    for (const name of [...names.slice(turn), ...names.slice(0, turn)])
      measured[name].push(await measure(load, servers[name], people));
  }
  return measured;
}

async function measure(load: Load, server: Server, people: readonly Person[]): Promise<Measurement> {
  const before = await server.cpuTime();
  const duration = await fire(load, server.url, people, load.requests);
  const cpuTime = (await server.cpuTime()) - before;
  return { cpuMsPerRequest: cpuTime / load.requests, requestsPerSecond: (load.requests / duration) * 1_000 };
}
