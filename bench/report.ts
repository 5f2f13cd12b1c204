import type { Measurement, Rounds } from './rounds.ts';
import { median, summary } from './statistics.ts';

/** Prints the results of each server for one load. */
export function printRounds<Name extends string>(title: string, rounds: Rounds<Name>): void {
  print(`\n${title}`);
  print(`  ${'median (least–most) of the rounds'.padEnd(36)}${'CPU ms a request'.padEnd(26)}requests a second`);
  for (const [name, measurements] of Object.entries<Measurement[]>(rounds)) {
    const cpu = summary(
      measurements.map((round) => round.cpuMsPerRequest),
      3,
    );
    const rate = summary(
      measurements.map((round) => round.requestsPerSecond),
      measurements[0]!.requestsPerSecond < 100 ? 1 : 0,
    );
    print(`  ${name.padEnd(36)}${cpu.padEnd(26)}${rate}`);
  }
}

/** Prints how a server compares with a limit from the same rounds: 1 equals the limit, and more is better. */
export function printRatio<Name extends string>(rounds: Rounds<Name>, server: Name, limit: Name, aim?: string): void {
  const against = (ratio: (one: Measurement, other: Measurement) => number) =>
    median(rounds[server].map((measurement, round) => ratio(measurement, rounds[limit][round]!))).toFixed(2);
  const cpu = against((one, other) => other.cpuMsPerRequest / one.cpuMsPerRequest);
  const rate = against((one, other) => one.requestsPerSecond / other.requestsPerSecond);
  print(`  ${server} against ${limit}: ${cpu} by CPU, ${rate} by rate${aim ? ` (aim: ${aim})` : ''}`);
}

const print = (line: string) => process.stdout.write(`${line}\n`);
