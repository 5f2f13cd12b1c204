import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { minutes } from '../../duration.js';
import type { Logger } from '../logger.js';

/** How often a failure is logged while the receiver stays unreachable. */
const REPORT_INTERVAL_MS = minutes(10);

const SUCCESS = 0;

/**
 * Logs when spans can't be exported: the first failure, then at most one every ten minutes, and the recovery. Never
 * logs what the receiver answered, because it can quote a span or a header.
 */
export function withFailureReports(exporter: SpanExporter, receiver: string, logger: Logger): SpanExporter {
  let reportedAt = -Infinity;
  let lostSpans = 0;
  const report = (error: unknown) => {
    if (performance.now() - reportedAt < REPORT_INTERVAL_MS) return;
    reportedAt = performance.now();
    const facts = { receiver, reason: findReason(error), lostSpans };
    logger.warn(facts, 'spans can’t be exported and are dropped; requests are not affected');
  };
  const recover = () => {
    if (lostSpans > 0) logger.info({ receiver, lostSpans }, 'spans are exported again');
    lostSpans = 0;
    reportedAt = -Infinity;
  };
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (Number(result.code) === SUCCESS) recover();
        else {
          lostSpans += spans.length;
          report(result.error);
        }
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}

/** The status of the response or the code of the system, such as 401 or ECONNREFUSED. */
function findReason(error: unknown): number | string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'number' || typeof code === 'string' ? code : 'no response';
}
