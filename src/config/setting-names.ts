import { isIP } from 'node:net';
import { secretSettings, settings } from './settings.js';
import { unknownNames } from './unknown-names.js';

/** The environment variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment by the names of the settings, and what its owner should change before version 1.0. */
export interface NamedSettings {
  readonly variables: Environment;
  readonly warnings: readonly string[];
}

const PREFIX = 'POSTERN_';

/** Names of settings without the prefix that systems set for other programs: login shells, csh and conda. */
const namesOfOthers = new Set(['MAIL', 'HOST']);

/** Settings for which an empty value is a value. */
export const emptyIsNone: ReadonlySet<string> = new Set(['POSTERN_TWO_FACTOR_REQUIRED_FOR']);

/**
 * Kubernetes sets variables for each service: one named `postern-metrics` sets `POSTERN_METRICS_PORT=tcp://10.0.0.1:80`.
 */
const isOfKubernetes = (name: string, text: string): boolean =>
  /_SERVICE_(?:HOST|PORT(?:_\w+)?)$|_PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$/.test(name) ||
  (/(?:^|_)PORT$/.test(name) && /^(?:tcp|udp|sctp):\/\//.test(text));

/**
 * Finds the settings in an environment. Names without the prefix are read too, until 1.0, if their value makes sense:
 * other programs use the same names.
 */
export function nameSettings(environment: Environment): NamedSettings {
  const variables = Object.fromEntries(
    Object.entries(environment).filter(([name, text]) => text !== undefined && !isOfKubernetes(name, text)),
  );
  const old: string[] = [];
  const ignored: string[] = [];
  for (const name of Object.keys(settings).filter((each) => each.startsWith(PREFIX))) {
    const names = (secretSettings as readonly string[]).includes(name) ? [name, `${name}_FILE`] : [name];
    if (names.some((each) => each in variables)) continue;
    for (const each of names) {
      const bareName = each.slice(PREFIX.length);
      const text = variables[bareName];
      if (text === undefined || (text === '' && !emptyIsNone.has(name))) continue;
      const fault = each === name ? faultOf(name, text) : null;
      if (fault === null) {
        variables[each] = text;
        old.push(bareName);
      } else if (!namesOfOthers.has(bareName)) ignored.push(`${bareName} is ignored: as ${name} it ${fault}`);
    }
  }
  return { variables, warnings: [...describeOldNames(old), ...ignored, ...unknownNames(Object.keys(variables))] };
}

/** Why a value makes no sense for a setting, or null. Only an IP address or localhost makes sense as HOST. */
function faultOf(name: string, text: string): string | null {
  if (name === 'POSTERN_HOST' && isIP(text) === 0 && text !== 'localhost') return 'must be an IP address';
  const { error } = settings[name as keyof typeof settings].safeParse(text);
  return error?.issues.map(({ message }) => message).join(' and ') ?? null;
}

const describeOldNames = (names: readonly string[]): string[] =>
  names.length === 0
    ? []
    : [
        `Settings without the prefix ${PREFIX} are read only until version 1.0. Rename ${names.map((name) => `${name} to ${PREFIX}${name}`).join(', ')}`,
      ];
