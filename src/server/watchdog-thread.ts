import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { seconds } from '../duration.js';

/** How often the thread looks for a beat. */
const LOOK_INTERVAL_MS = seconds(1);

/** How many looks in a row may find none. Looks are counted, not time, so that a machine may sleep. */
const LOOKS_WITHOUT_BEAT = 30;

const STANDARD_ERROR = 2;

const beats = workerData as Int32Array;
let [latest, missed] = [-1, 0];
setInterval(() => {
  const current = Atomics.load(beats, 0);
  missed = current === latest ? missed + 1 : 0;
  latest = current;
  if (missed < LOOKS_WITHOUT_BEAT) return;
  writeSync(
    STANDARD_ERROR,
    'The event loop has stood still for 30 seconds: ending the process. Restart it; nothing that was answered is lost.\n',
  );
  // Nothing gentler works: signals are handled in the event loop.
  process.kill(process.pid, 'SIGKILL');
}, LOOK_INTERVAL_MS);
