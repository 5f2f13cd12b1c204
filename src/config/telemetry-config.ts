import type { Settings } from './settings.js';

/** The settings of logs, metrics and traces. */
export const toTelemetryConfig = (values: Settings) => ({
  logLevel: values.POSTERN_LOG_LEVEL,
  requestLog: {
    /** The share of successful requests that are logged. */
    sample: values.POSTERN_LOG_SAMPLE,
    address: values.POSTERN_LOG_ADDRESS,
  },
  metrics: {
    /** Null if metrics are read without a token. */
    token: values.POSTERN_METRICS_TOKEN ?? null,
    host: values.POSTERN_METRICS_HOST ?? '127.0.0.1',
    /** Null if metrics are served at the port of the API. */
    port: values.POSTERN_METRICS_PORT ?? null,
  },
  tracing: toTracingConfig(values),
});

/** Where and how spans are sent. */
export type TracingConfig = NonNullable<ReturnType<typeof toTracingConfig>>;

/** Null if nothing is traced. */
function toTracingConfig(values: Settings) {
  const isOff = values.OTEL_SDK_DISABLED === 'true' || values.OTEL_TRACES_EXPORTER === 'none';
  if (values.OTEL_EXPORTER_OTLP_ENDPOINT === undefined || isOff) return null;
  const attributes = values.OTEL_RESOURCE_ATTRIBUTES ?? {};
  return {
    url: `${values.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/+$/, '')}/v1/traces`,
    protocol: values.OTEL_EXPORTER_OTLP_PROTOCOL,
    headers: values.OTEL_EXPORTER_OTLP_HEADERS ?? {},
    timeoutMs: values.OTEL_EXPORTER_OTLP_TIMEOUT,
    resourceAttributes: {
      ...attributes,
      'service.name': values.OTEL_SERVICE_NAME ?? attributes['service.name'] ?? 'postern',
    },
    sampler: values.OTEL_TRACES_SAMPLER,
    /** The share of traces that a sampler by ratio records. */
    sampleShare: values.OTEL_TRACES_SAMPLER_ARG,
  };
}
