import type { Config } from '../config/config.js';
import type { TracingConfig } from '../config/telemetry-config.js';
import { seconds } from '../duration.js';
import { ok, warn, type CheckResult } from './check-result.js';

const TIMEOUT_MS = seconds(5);

/** Exports without spans, in the two encodings of OTLP. */
const emptyExports: Readonly<Record<TracingConfig['protocol'], readonly [type: string, body: string]>> = {
  'http/protobuf': ['application/x-protobuf', ''],
  'http/json': ['application/json', '{"resourceSpans":[]}'],
};

/** What to do about a status; any other one is an error of the receiver. */
const advice: Readonly<Record<number, string>> = {
  401: 'Correct the credentials in OTEL_EXPORTER_OTLP_HEADERS.',
  403: 'Correct the credentials in OTEL_EXPORTER_OTLP_HEADERS.',
  404: 'Set OTEL_EXPORTER_OTLP_ENDPOINT to the base URL of OTLP over HTTP, usually with port 4318.',
  415: 'Set OTEL_EXPORTER_OTLP_PROTOCOL to the other encoding.',
};

/** Checks that the receiver of traces answers. Requests are served without it, so a fault is a warning. */
export async function* checkTraces({ tracing }: Pick<Config, 'tracing'>): AsyncGenerator<CheckResult> {
  if (tracing === null) return;
  const { host } = new URL(tracing.url);
  const answer = await sendNothing(tracing);
  if (typeof answer === 'string')
    yield warn(
      'traces',
      `no answer from ${host} (${answer}). Check OTEL_EXPORTER_OTLP_ENDPOINT, and that the receiver runs.`,
    );
  else if (answer < 200 || answer > 299)
    yield warn('traces', `${host} answered ${answer}. ${advice[answer] ?? 'The log of the receiver may say why.'}`);
  else yield ok('traces', `${host} accepts spans; none was sent`);
}

/** The status of the response, or why there is none. */
async function sendNothing({ url, protocol, headers }: TracingConfig): Promise<number | string> {
  const [type, body] = emptyExports[protocol];
  try {
    const { status } = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return status;
  } catch (error) {
    const { name, cause } = error as Error & { readonly cause?: { readonly code?: unknown } };
    if (name === 'TimeoutError') return 'timeout';
    return typeof cause?.code === 'string' ? cause.code : 'no connection';
  }
}
