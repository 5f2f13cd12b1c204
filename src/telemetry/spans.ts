import { AsyncLocalStorage } from 'node:async_hooks';
import type { RemoteParent, TraceContext } from './trace-context.js';

/** What a span says: names and codes of Postern, and numbers. No value of a user. */
export type SpanAttributes = Readonly<Record<string, string | number>>;

/** Whether a span answers a request, asks another system, takes a job, or none of these. */
export type SpanKind = 'SERVER' | 'CLIENT' | 'CONSUMER' | 'INTERNAL';

/** Timed work of a trace. Names, attributes and types of errors are bounded, and none is a client's. */
export interface Span {
  readonly trace: TraceContext;
  /** Whether it is sent; otherwise its trace was not sampled. */
  readonly isRecorded: boolean;
  /** Begins a part of it. */
  begin(name: string, kind?: SpanKind, attributes?: SpanAttributes): Span;
  rename(name: string): void;
  set(attributes: SpanAttributes): void;
  /** Marks it as failed, by a code or the class of an error. It never gets a message. */
  fail(errorType: string): void;
  end(): void;
}

/** How a trace begins in this process. */
export interface FirstSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: SpanAttributes;
  /** The span of another process, or of an earlier request, that caused it; null if there is none. */
  readonly parent: RemoteParent | null;
  /** 16 hexadecimal digits; random ones if it is missing. */
  readonly spanId?: string;
}

/** Begins traces, and sends them. */
export interface Tracer {
  begin(first: FirstSpan): Span;
  /** Sends what waits, for at most two seconds. */
  close(): Promise<void>;
}

const active = new AsyncLocalStorage<Span>();

/** The span that the current work belongs to; undefined if it is not traced. */
export const activeSpan = (): Span | undefined => active.getStore();

/** Runs work that belongs to a span, which the caller ends. */
export const runInSpan = <Result>(span: Span | null, work: () => Result): Result =>
  span?.isRecorded ? active.run(span, work) : work();

/** Runs work as a part of the active span. Only runs it if nothing is traced. */
export function inSpan<Result>(name: string, work: () => Result, kind?: SpanKind, attributes?: SpanAttributes): Result {
  const parent = active.getStore();
  return parent === undefined ? work() : runAs(parent.begin(name, kind, attributes), work);
}

/** Runs work as the first span of a trace in this process. Only runs it without a tracer. */
export const inFirstSpan = <Result>(tracer: Tracer | null, first: FirstSpan, work: () => Result): Result =>
  tracer === null ? work() : runAs(tracer.begin(first), work);

function runAs<Result>(span: Span, work: () => Result): Result {
  try {
    const result = runInSpan(span, work);
    endAfter(span, result);
    return result;
  } catch (error) {
    endFailed(span, error);
    throw error;
  }
}

/** Ends a span with its result: when the promise settles, if it is one. */
export function endAfter(span: Span, result: unknown): void {
  if (result instanceof Promise)
    result.then(
      () => span.end(),
      (error: unknown) => endFailed(span, error),
    );
  else span.end();
}

function endFailed(span: Span, error: unknown): void {
  const type = findErrorType(error);
  if (type !== null) span.fail(type);
  span.end();
}

/** Codes of errors that the server answers for. Others tell a caller what is wrong with the request. */
const faultCodes: ReadonlySet<string> = new Set(['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE']);

/** Whether a top-level code or an outcome is a fault of the server. */
export const isFault = (code: string): boolean => faultCodes.has(code);

/** Codes of the system, such as ECONNREFUSED, and of SQL, such as 23505. */
const CODE = /^(?:[A-Z][A-Z\d_]{1,39}|[\dA-Z]{5})$/;

/**
 * What kind of error it is: its code or its class, never its message, which can contain a value. Null for an
 * error that tells a caller what is wrong with the request.
 */
function findErrorType(error: unknown): string | null {
  const { code, extensions } = error as { readonly code?: unknown; readonly extensions?: { readonly code?: unknown } };
  if (typeof extensions?.code === 'string') return isFault(extensions.code) ? extensions.code : null;
  if (typeof code === 'string' && CODE.test(code)) return code;
  return error instanceof Error ? error.constructor.name : 'Error';
}
