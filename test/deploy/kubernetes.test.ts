import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import type { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import type { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { Service } from 'kubernetes-models/v1/Service';
import { parseAllDocuments } from 'yaml';
import { nameSettings } from '../../src/config/setting-names.js';
import { loadConfig } from '../../src/config/config.js';
import { testSettings } from '../support/postern.js';
import { findTypeFaults, type ManifestObject } from './kubernetes-types.js';

const root = join(import.meta.dirname, '../..');
const objects = globSync('deploy/kubernetes/*.yaml', { cwd: root })
  .flatMap((file) => parseAllDocuments(readFileSync(join(root, file), 'utf8')))
  .map((document) => document.toJS() as ManifestObject);

/** The only object of a kind. */
const the = <Kind>(kind: string): Kind => objects.find((object) => object.kind === kind) as Kind;

const deployment = the<Deployment>('Deployment');
const pod = deployment.spec!.template.spec!;
const [container] = pod.containers;
const podLabels = deployment.spec!.template.metadata!.labels!;
const variables = the<ConfigMap>('ConfigMap').data!;

interface Model {
  validate(): void;
}

test.each(objects.map((object) => [object.kind, object] as const))(
  'has a %s that is valid by the JSON schema of the Kubernetes API',
  async (kind, object) => {
    const module = (await import(`kubernetes-models/${object.apiVersion}/${kind}`)) as Record<
      string,
      new (data: unknown) => Model
    >;
    expect(() => new module[kind]!(object).validate()).not.toThrow();
  },
);

test('has no field that the Kubernetes API doesn’t know', () => {
  expect(findTypeFaults(objects)).toEqual([]);
});

test('keeps to the restricted Pod Security Standard, with a read-only root', () => {
  expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  expect(container!.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  expect(pod.volumes!.filter(({ secret, emptyDir }) => !secret && !emptyDir)).toEqual([]);
});

test('gives Postern settings with which production starts, and secrets as files', () => {
  const files = Object.entries(variables).filter(([name]) => name.endsWith('_FILE'));
  const folder = container!.volumeMounts!.find(({ name }) => name === 'secrets')!.mountPath;
  expect(files.filter(([, path]) => !path.startsWith(`${folder}/`))).toEqual([]);
  expect(nameSettings(variables).warnings).toEqual([]);
  const others = Object.fromEntries(Object.entries(variables).filter(([name]) => !name.endsWith('_FILE')));
  const secrets = {
    POSTERN_ENCRYPTION_KEYS: testSettings.ENCRYPTION_KEYS,
    DATABASE_URL: 'postgres://postern@database.example.org/postern',
    POSTERN_SMTP_URL: 'smtps://mail.example.org',
  };
  expect(files.map(([name]) => name.replace('_FILE', '')).toSorted()).toEqual(Object.keys(secrets).toSorted());
  expect(loadConfig({ ...others, ...secrets }).environment).toBe('production');
});

test('probes the ports and paths on which Postern answers', () => {
  const ports = Object.fromEntries(container!.ports!.map(({ name, containerPort }) => [name, String(containerPort)]));
  expect(ports).toEqual({ http: variables['PORT'], metrics: variables['POSTERN_METRICS_PORT'] });
  const probes = [container!.startupProbe, container!.livenessProbe, container!.readinessProbe];
  expect(probes.map((probe) => [probe!.httpGet!.path, probe!.httpGet!.port])).toEqual([
    ['/livez', 'http'],
    ['/livez', 'http'],
    ['/readyz', 'http'],
  ]);
});

test('waits longer for the end of a pod than the pause and the stop take', () => {
  const code = readFileSync(join(root, 'src/server/stop-on-signals.ts'), 'utf8');
  const [, stopSeconds] = /STOP_TIMEOUT_MS = seconds\((\d+)\)/.exec(code) ?? [];
  const [, pauseMs] = /setTimeout\(\(\) => \{\}, (\d+)\)/.exec(container!.lifecycle!.preStop!.exec!.command![2]!) ?? [];
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(Number(stopSeconds) + Number(pauseMs) / 1_000);
});

test('selects the pods with every object, and leads only to the port of the API from outside', () => {
  const service = the<Service>('Service').spec!;
  const policy = the<NetworkPolicy>('NetworkPolicy').spec!;
  const disruptions = the<PodDisruptionBudget>('PodDisruptionBudget').spec!;
  for (const selector of [deployment.spec!.selector, policy.podSelector, disruptions.selector])
    expect(selector!.matchLabels).toEqual(podLabels);
  expect(service.selector).toEqual(podLabels);
  expect(service.ports!.map(({ targetPort }) => targetPort)).toEqual(['http']);
  expect(
    the<Ingress>('Ingress')
      .spec!.rules!.flatMap(({ http }) => http!.paths)
      .map(({ backend }) => backend),
  ).toEqual([{ service: { name: 'postern', port: { name: 'http' } } }]);
  expect(deployment.spec!.replicas).toBeGreaterThan(Number(disruptions.minAvailable));
});
