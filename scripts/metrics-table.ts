import type { Metric, Registry } from 'prom-client';
import { createRejectionCounters } from '../src/graphql/errors/rejections.js';
import { createRegistry } from '../src/telemetry/registry.js';
import { createRequestMetrics } from '../src/telemetry/request-metrics.js';

/** A metric as its library keeps it, which its types hide. */
type Described = Metric & { readonly name: string; readonly help: string; readonly labelNames: readonly string[] };

/** The registry of a server that was never started, for its names and texts. */
function describedRegistry(): Registry {
  const rejections = createRejectionCounters();
  return createRegistry({
    requests: createRequestMetrics(),
    others: [rejections.limits, rejections.errors] as Metric[],
    failedMails: () => Promise.resolve(0),
    clockDifferenceSeconds: () => 0,
    waitingHashes: () => 0,
    pool: () => ({ inUse: 0, idle: 0, waiting: 0, timeouts: 0 }),
    figures: () => Promise.resolve(null),
    encryptionKeys: 1,
    encryptionKeySeconds: () => 0,
  });
}

/** Postern's own metrics. */
export const ownMetrics = (): Described[] =>
  (describedRegistry().getMetricsAsArray() as unknown as Described[]).filter(({ name }) => name.startsWith('postern_'));

/** The table of metrics in docs/operations.md. */
export function metricsTable(): string {
  const rows = ownMetrics()
    .map(({ name, labelNames, help }) => {
      const labels = labelNames.length > 0 ? `{${labelNames.join(',')}}` : '';
      return `| \`${name}${labels}\` | ${help} |`;
    })
    .sort();
  return ['| Metric | Meaning |', '|---|---|', ...rows].join('\n');
}
