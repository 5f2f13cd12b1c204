import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testSettings } from '../support/postern.js';
import { launch, temporaryFolder, type TestProcess } from '../support/server-process.js';

const root = join(import.meta.dirname, '../..');

/** The version before the settings got their prefix: without passkeys, access tokens, webhooks and period quotas. */
const PREVIOUS = '56afe98588a795a4215df0cfe8ef02e09f614ba0';

/** Builds the server of the previous version from the history, with the installed packages. @returns its folder */
export function buildPreviousVersion(): string {
  const folder = temporaryFolder();
  const archive = execFileSync('git', ['archive', PREVIOUS], { cwd: root, maxBuffer: 2 ** 28 });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { cwd: folder });
  // The web app isn't needed, but the server reads its page when it starts.
  mkdirSync(join(folder, 'dist/web'), { recursive: true });
  writeFileSync(join(folder, 'dist/web/index.html'), '<!doctype html>');
  return folder;
}

/** Starts a server of the previous version without waiting. Its settings have no prefix. */
export const launchPreviousVersion = (folder: string, databaseUrl: string): TestProcess =>
  launch(process.execPath, [join(folder, 'dist/main.js')], {}, { ...testSettings, DATABASE_URL: databaseUrl });
