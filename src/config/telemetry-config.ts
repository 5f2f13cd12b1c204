import type { Settings } from './settings.js';

/** The settings of logs and metrics. */
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
});
