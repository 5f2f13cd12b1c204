import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ownMetrics } from '../../scripts/metrics-table.js';
import { alertQueries, metricsIn, panelQueries } from '../prometheus/queries.js';

const known = new Set(ownMetrics().map(({ name }) => name));

test.each([...alertQueries(), ...panelQueries()])('uses existing metrics for $name: $query', ({ query }) => {
  expect(metricsIn(query).filter((name) => !known.has(name))).toEqual([]);
});

test('says what to do about each alert, and tests that each fires (R-25)', () => {
  const operations = readFileSync('docs/operations.md', 'utf8');
  const tests = readFileSync('deploy/prometheus/rules.test.yml', 'utf8');
  const alerts = alertQueries();
  expect(alerts.length).toBeGreaterThan(10);
  for (const { name } of alerts)
    expect([name, operations.includes(`| \`${name}\` |`), tests.includes(`alertname: ${name}\n`)]).toEqual([
      name,
      true,
      true,
    ]);
});

test('names metrics by the conventions of Prometheus, with a help text that is a sentence', () => {
  const faults = ownMetrics().filter(
    ({ name, help }) => !/^postern_[a-z]+(?:_[a-z]+)+$/.test(name) || !/^[A-Z].*\.$/.test(help),
  );
  expect(faults.map(({ name }) => name)).toEqual([]);
});
