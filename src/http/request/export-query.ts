import { exportFormats, type ExportFormat } from '../../features/export/format-pages.js';
import type { AllSecurityEventsFilter } from '../../features/security-event/security-event-filter.type.js';
import { securityEventTypes, type Outcome } from '../../features/security-event/security-event.entity.js';
import type { AllUsageLogsFilter } from '../../features/usage/usage-filter.type.js';
import type { UsageType } from '../../features/usage/usage-log.entity.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { canonicalAddress } from '../../net/ip-address.js';
import { fromGlobalId, type NodeType } from '../../rules/global-id.js';
import type { Translated } from '../../text/locale.js';

/** What the query of an export asks for. */
export interface ExportQuery<Filter> {
  readonly format: ExportFormat;
  /** Whether the data of all accounts is asked for. */
  readonly all: boolean;
  readonly filter: Filter;
}

/** Why a parameter is rejected. */
type ParameterFault = 'UNKNOWN' | 'MALFORMED' | 'MISSING';

/** A parameter of a query that is unknown, malformed or missing. */
export class ParameterError extends Error {
  constructor(
    readonly parameter: string,
    readonly fault: ParameterFault,
  ) {
    super(`a parameter is ${fault.toLowerCase()}`);
  }
}

/** Explains a `ParameterError`. */
export const parameterMessages: Readonly<Record<ParameterFault, Translated<(parameter: string) => string>>> = {
  UNKNOWN: {
    EN: (parameter) => `Unknown parameter: ${parameter}.`,
    ZH: (parameter) => `未知参数：${parameter}。`,
  },
  MALFORMED: {
    EN: (parameter) => `Invalid value of the parameter ${parameter}.`,
    ZH: (parameter) => `参数 ${parameter} 的值无效。`,
  },
  MISSING: {
    EN: (parameter) => `The parameter ${parameter} is required.`,
    ZH: (parameter) => `缺少参数 ${parameter}。`,
  },
};

/** Reads a value; null if it is malformed. */
type Read<Value> = (text: string) => Value | null;
type Readers<Filter> = { readonly [Name in keyof Filter]-?: Read<NonNullable<Filter[Name]>> };

const oneOf =
  <Value extends string>(values: readonly Value[]): Read<Value> =>
  (text) =>
    values.find((value) => value === text) ?? null;

const readText: Read<string> = (text) => text || null;
const readId =
  (type: NodeType): Read<string> =>
  (text) =>
    fromGlobalId(type, text) === null ? null : text;

/** Accepts the times that the filters of the API accept. */
function readTime(text: string): Date | null {
  try {
    return DateTimeScalar.parseValue(text);
  } catch {
    return null;
  }
}

function readEventTypes(text: string) {
  const types = text.split(',').map(oneOf(securityEventTypes));
  return types.every((type) => type !== null) ? types : null;
}

const usageParameters: Readers<AllUsageLogsFilter> = {
  from: readTime,
  to: readTime,
  type: oneOf<UsageType>(['CONSUME', 'ERROR']),
  callKeyId: readId('CallKey'),
  model: readText,
  requestId: readText,
  userId: readId('User'),
};

const eventParameters: Readers<AllSecurityEventsFilter> = {
  from: readTime,
  to: readTime,
  types: readEventTypes,
  outcome: oneOf<Outcome>(['SUCCESS', 'REFUSED']),
  ip: (text) => (canonicalAddress(text) === null ? null : text),
  accessTokenId: readId('AccessToken'),
  userId: readId('User'),
  actorId: readId('User'),
};

/** These select accounts, so they are known only beside `all=true`. */
const parametersOfAll: ReadonlySet<string> = new Set(['userId', 'actorId']);

/**
 * Reads the query of an export. Nothing is ignored: a mistyped filter would export more than was asked for.
 *
 * @throws {ParameterError} for the first parameter that is unknown, repeated, malformed or missing
 */
function readExportQuery<Filter>(query: unknown, readers: Readers<Filter>): ExportQuery<Filter> {
  const { format: formatText, all: allText, ...filters } = query as Record<string, unknown>;
  if (formatText === undefined) throw new ParameterError('format', 'MISSING');
  const format = readParameter('format', formatText, oneOf(exportFormats));
  const all = allText !== undefined && readParameter('all', allText, oneOf(['true', 'false'])) === 'true';
  const entries = Object.entries(filters).map(([name, value]) => {
    if (!Object.hasOwn(readers, name) || (parametersOfAll.has(name) && !all)) throw new ParameterError(name, 'UNKNOWN');
    return [name, readParameter(name, value, readers[name as keyof Filter])] as const;
  });
  return { format, all, filter: Object.fromEntries(entries) as Filter };
}

function readParameter<Value>(name: string, value: unknown, read: Read<Value>): Value {
  const result = typeof value === 'string' ? read(value) : null;
  if (result === null) throw new ParameterError(name, 'MALFORMED');
  return result;
}

/** Reads the query of an export of usage. @throws {ParameterError} */
export const readUsageExportQuery = (query: unknown): ExportQuery<AllUsageLogsFilter> =>
  readExportQuery(query, usageParameters);

/** Reads the query of an export of events. @throws {ParameterError} */
export const readEventExportQuery = (query: unknown): ExportQuery<AllSecurityEventsFilter> =>
  readExportQuery(query, eventParameters);

/** Rejects every parameter of the account's export, which has none. @throws {ParameterError} */
export const readAccountExportQuery = (query: unknown): void => void rejectParameters(Object.keys(query as object));

function rejectParameters([name]: readonly string[]): void {
  if (name !== undefined) throw new ParameterError(name, 'UNKNOWN');
}
