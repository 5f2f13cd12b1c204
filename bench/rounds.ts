import { fire, type Load } from './load.ts';
import type { BenchUser } from './people.ts';
import type { Server } from './server-process.ts';

/** The result of one server in one round. */
export interface Measurement {
  readonly cpuMsPerRequest: number;
  readonly requestsPerSecond: number;
}

/** The measurements of each server by name. The same index in each list is the same round. */
export type Rounds<Name extends string> = Record<Name, Measurement[]>;

/**
 * Runs the same load on each server in turn, round after round, so other load on the machine affects all alike. Each
 * round starts with a different server.
 */
export async function playRounds<Name extends string>(
  load: Load,
  servers: Record<Name, Server>,
  users: readonly BenchUser[],
  rounds: number,
): Promise<Rounds<Name>> {
  const names = Object.keys(servers) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as Measurement[]])) as Rounds<Name>;
  for (const name of names) await fire(load, servers[name].url, users, load.warmUp);
  for (let round = 0; round < rounds; round += 1) {
    const turn = round % names.length;
    for (const name of [...names.slice(turn), ...names.slice(0, turn)])
      measured[name].push(await measure(load, servers[name], users));
  }
  return measured;
}

async function measure(load: Load, server: Server, users: readonly BenchUser[]): Promise<Measurement> {
  const before = await server.cpuTime();
  const duration = await fire(load, server.url, users, load.requests);
  const cpuTime = (await server.cpuTime()) - before;
  return { cpuMsPerRequest: cpuTime / load.requests, requestsPerSecond: (load.requests / duration) * 1_000 };
}
