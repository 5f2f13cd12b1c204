import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { secretSettings, settings } from '../../src/config/settings.js';
import { cleanUp, temporaryFolder } from '../support/server-process.js';

afterAll(cleanUp);

const root = join(import.meta.dirname, '../..');
const file = join(root, 'deploy/systemd/postern.service');
const unit = readFileSync(file, 'utf8');

/** The values of a directive, also of those that are commented out. */
const valuesOf = (name: string): string[] =>
  [...unit.matchAll(new RegExp(`^(?:# )?${name}=(.*)$`, 'gm'))].map(([, value = '']) => value);

/** Runs systemd-analyze on a unit file. */
const analyze = (command: readonly string[], path: string) =>
  spawnSync('systemd-analyze', ['--no-pager', ...command, path], { encoding: 'utf8' });

test('is rated below 2.0 by systemd-analyze security', () => {
  // The threshold is in tenths. Beyond it, the command fails.
  const { stdout, status } = analyze(['security', '--offline=true', '--threshold=20'], file);
  const [, exposure] = /Overall exposure level for postern\.service: ([\d.]+)/.exec(stdout) ?? [];
  expect([status, Number(exposure) < 2]).toEqual([0, true]);
});

test('has only directives and values that systemd-analyze verify knows', () => {
  const here = join(temporaryFolder(), 'postern.service');
  // The programs are elsewhere on this machine.
  writeFileSync(here, unit.replaceAll('/usr/bin/node', process.execPath).replaceAll('/opt/postern', root));
  expect(analyze(['verify', '--man=no'], here)).toMatchObject({ status: 0, stdout: '', stderr: '' });
});

test('waits longer than a stop of Postern takes', () => {
  const code = readFileSync(join(root, 'src/server/stop-on-signals.ts'), 'utf8');
  const [, stopSeconds] = /STOP_TIMEOUT_MS = seconds\((\d+)\)/.exec(code) ?? [];
  expect(Number(valuesOf('TimeoutStopSec')[0])).toBeGreaterThan(Number(stopSeconds));
});

test('starts a file of the package, and gives it only settings that exist', () => {
  const [program = '', script = ''] = valuesOf('ExecStart')[0]!.split(' ');
  expect([program, existsSync(join(root, script))]).toEqual(['/usr/bin/node', true]);
  const names = valuesOf('Environment').flatMap((value) => value.split(' ').map((pair) => pair.split('=')[0]!));
  const known = [...Object.keys(settings), ...secretSettings.map((name) => `${name}_FILE`)];
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
});

test('passes each credential that it loads as the file of a secret', () => {
  const loaded = valuesOf('LoadCredential').map((value) => value.split(':')[0]);
  const passed = valuesOf('Environment').flatMap((value) => /^\w+_FILE=%d\/(.+)$/.exec(value)?.[1] ?? []);
  expect(loaded).toEqual(passed);
});
