import { explainFailure } from '../server/start-failure.js';

/** What `postern doctor` asks, in the order in which it answers; docs/operations.md explains each. */
export const checkNames = [
  'settings',
  'url',
  'proxies',
  'mail',
  'traces',
  'syslog',
  'database',
  'connections',
  'statement-log',
  'clock',
  'disk',
  'migrations',
  'partitions',
  'administrator',
  'two-factor',
  'keys',
  'signing',
  'passkeys',
  'events',
  'queue',
  'webhooks',
] as const;

/** What a check is about. */
export type CheckName = (typeof checkNames)[number];

/** The result of one check. Unless it is OK, the message also says what to do. */
export interface CheckResult {
  readonly name: CheckName;
  readonly status: 'OK' | 'WARN' | 'FAIL';
  readonly message: string;
}

/** All is well. */
export const ok = (name: CheckName, message: string): CheckResult => ({ name, status: 'OK', message });

/** It works, but is risky or will fail later. */
export const warn = (name: CheckName, message: string): CheckResult => ({ name, status: 'WARN', message });

/** It doesn't work, or isn't safe. */
export const fail = (name: CheckName, message: string): CheckResult => ({ name, status: 'FAIL', message });

/** Runs a check. If it throws, it failed. */
export async function runCheck<Result extends object>(
  name: CheckName,
  work: () => Promise<Result> | Result,
): Promise<Result | CheckResult> {
  try {
    return await work();
  } catch (error) {
    return fail(name, explainFailure(error, 'The check failed'));
  }
}
