import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { TracingConfig } from '../../config/telemetry-config.js';
import type { Logger } from '../logger.js';
import { withFailureReports } from './failure-reports.js';

/** Creates the exporter for the protocol of the receiver, which alone is loaded. Its failures are logged. */
export async function createExporter(
  { url, protocol, headers, timeoutMs }: TracingConfig,
  logger: Logger,
): Promise<SpanExporter> {
  const { OTLPTraceExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-trace-otlp-http')
      : await import('@opentelemetry/exporter-trace-otlp-proto');
  const exporter = new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis: timeoutMs });
  return withFailureReports(exporter, new URL(url).host, logger);
}
