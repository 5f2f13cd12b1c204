import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from 'pino';
import { runInSpan, type Span } from './spans.js';
import { spanIdOf, type RemoteParent, type TraceContext } from './trace-context.js';

/** How the caller of a request authenticated. */
export type CallerCredential = 'SESSION' | 'API_TOKEN' | 'ACCESS_TOKEN' | 'SERVICE' | 'NONE';

/** What is known about a request in progress, for its line in the log and for metrics. No value of a user. */
export interface RequestRecord {
  readonly id: string;
  /** The trace of its span, or the one that the client named; null if there is neither. */
  readonly trace: TraceContext | null;
  /** Null if it is not traced. */
  readonly span: Span | null;
  /** One of a bounded set of names; null until it is known. */
  operation: string | null;
  /** The code of its top-level error; null if there is none. */
  code: string | null;
  /** The codes of its user errors. */
  readonly userErrors: string[];
  accountId: string | null;
  credential: CallerCredential;
  /** The number of SQL statements so far. */
  statements: number;
  /** Receives details at level debug; null if that level is off. */
  readonly debug: Logger | null;
}

const current = new AsyncLocalStorage<RequestRecord>();

/** The record of the request that the current work belongs to; undefined for background work. */
export const currentRequest = (): RequestRecord | undefined => current.getStore();

/** Runs work that belongs to a request. */
export const runInRequest = <Result>(record: RequestRecord, work: () => Result): Result =>
  current.run(record, record.span === null ? work : () => runInSpan(record.span, work));

/** The IDs of a request, and of its trace. */
export interface RequestIds {
  readonly requestId?: string;
  readonly traceId?: string;
}

/** The IDs that log lines, errors and mails of the current request carry; none for background work. */
export function currentRequestIds(): RequestIds {
  const record = current.getStore();
  if (record === undefined) return {};
  return record.trace === null ? { requestId: record.id } : { requestId: record.id, traceId: record.trace.traceId };
}

/** The IDs of a request that causes work later, and whether its trace is recorded. */
export interface RequestOrigin extends RequestIds {
  /** As in `TraceContext`; missing if the request was not traced. */
  readonly traceFlags?: string;
}

/** What work that the current request causes later should know of it; nothing for background work. */
export function currentOrigin(): RequestOrigin {
  const { span = null } = current.getStore() ?? {};
  return span === null ? currentRequestIds() : { ...currentRequestIds(), traceFlags: span.trace.flags };
}

/** The parent of spans of work that a request caused; null if the request was not traced. */
export const toParent = ({ requestId, traceId, traceFlags }: RequestOrigin): RemoteParent | null =>
  requestId === undefined || traceId === undefined || traceFlags === undefined
    ? null
    : { traceId, parentId: spanIdOf(requestId), flags: traceFlags };
