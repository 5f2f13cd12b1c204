import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DirectoryInUseError, lockDirectory } from '../../src/database/connection/directory-lock.js';

let directory: string;
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'postern-lock-')), 'data');
});
afterEach(() => rmSync(join(directory, '..'), { recursive: true, force: true }));

test('creates the folder of the embedded database for its owner only', () => {
  const lock = lockDirectory(directory);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  lock.release();
});

test('rejects a locked folder, with the ID of the process that locked it, until it is released', () => {
  const lock = lockDirectory(directory);
  expect(() => lockDirectory(directory)).toThrow(DirectoryInUseError);
  expect(() => lockDirectory(directory)).toThrow(`is in use by process ${process.pid} (started `);
  lock.release();
  lockDirectory(directory).release();
});

test('rejects a locked folder even when the process that locked it is unknown', () => {
  const lock = lockDirectory(directory);
  rmSync(join(directory, 'lock-holder.txt'));
  expect(() => lockDirectory(directory)).toThrow('is in use by another process.');
  lock.release();
});
