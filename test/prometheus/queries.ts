import { readFileSync } from 'node:fs';

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}

/** The names and queries of the alerts. */
export const alertQueries = (): { readonly name: string; readonly query: string }[] =>
  [...readFileSync('deploy/prometheus/rules.yml', 'utf8').matchAll(/- alert: (\w+)\n +expr: (.+)\n/g)].map(
    ([, name = '', query = '']) => ({ name, query }),
  );

/** The titles and queries of the dashboard's panels. */
export const panelQueries = (): { readonly name: string; readonly query: string }[] =>
  (JSON.parse(readFileSync('deploy/grafana/postern.json', 'utf8')) as Dashboard).panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }) => ({ name: title, query: expr })),
  );

/** The names of Postern's metrics in a query; those of a histogram without its suffix. */
export const metricsIn = (query: string): string[] =>
  [...query.matchAll(/\bpostern_\w+/g)].map(([name]) => name.replace(/_(?:bucket|sum|count)$/, ''));
