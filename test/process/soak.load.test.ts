import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');

/** Ten minutes of work, the start before, and the checks after them. */
const TIMEOUT_MS = 1_200_000;

test(
  'loses nothing and does nothing twice while one part after another fails for ten minutes',
  async () => {
    const soak = spawn(join(root, 'node_modules/.bin/tsx'), ['scripts/soak/run.ts', '--minutes', '10'], { cwd: root });
    const [output, errors, [code]] = await Promise.all([text(soak.stdout), text(soak.stderr), once(soak, 'exit')]);
    expect(output + errors).toContain('lost 0, twice 0, wrong 0, unexpected errors 0');
    expect(code).toBe(0);
  },
  TIMEOUT_MS,
);
