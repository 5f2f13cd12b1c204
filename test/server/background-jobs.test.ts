import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { backgroundJobs } from '../../src/server/background-jobs.js';
import { sources } from '../architecture/source-files.js';
import { readTestTitles } from '../documentation/read-test-titles.js';

/** The tests of each job with several processes: that it is done once, and what happens if one is killed. */
const proofs: Readonly<Record<string, readonly (readonly [file: string, title: string])[]>> = {
  sweep: [
    ['server/three-processes.race', 'does the work of %s once on three processes whose clocks are 30 s apart'],
    ['server/three-processes.race', 'does the work of %s once when the process that does it is killed'],
    [
      'server/sweep-clocks.race',
      'deletes expired rows when they expire for the database, whatever the clock of a process says',
    ],
  ],
  erasure: [
    ['server/three-processes.race', 'does the work of %s once on three processes whose clocks are 30 s apart'],
    ['server/three-processes.race', 'does the work of %s once when the process that does it is killed'],
  ],
  reminders: [
    ['server/three-processes.race', 'does the work of %s once on three processes whose clocks are 30 s apart'],
    ['server/three-processes.race', 'does the work of %s once when the process that does it is killed'],
  ],
  eventRetention: [
    [
      'features/security-event/three-processes.long',
      'deletes old events and anchors the chain once on three processes (R-97)',
    ],
    [
      'features/security-event/three-processes.long',
      'deletes old events from another process when the one that does is killed (R-97)',
    ],
  ],
  seals: [
    [
      'features/security-event/three-processes.long',
      'seals each event once on three processes whose clocks are 30 s apart (R-97)',
    ],
    [
      'features/security-event/three-processes.long',
      'seals each event once when the process that seals them is killed (R-97)',
    ],
  ],
  syslog: [
    [
      'features/security-event/three-processes.long',
      'sends each event to syslog once on three processes whose clocks are 30 s apart',
    ],
    [
      'features/security-event/three-processes.long',
      'sends each event to syslog from another process within 40 s when the one that sends is killed',
    ],
  ],
  webhooks: [
    [
      'features/webhook/three-processes.long',
      'delivers each event once when clocks are 30 s apart and the receiver takes seconds (R-126)',
    ],
    [
      'features/webhook/three-processes.long',
      'delivers an event from another process within 40 s when the one that sends it is killed (R-126)',
    ],
  ],
  mail: [
    [
      'features/mail/three-processes.long',
      'sends each of 60 emails once on three processes whose clocks are 30 s apart',
    ],
    [
      'features/mail/three-processes.long',
      'sends an email from another process when the one that sends it is killed, twice at most',
    ],
  ],
  apiTokenCiphertexts: [['server/start-jobs.race', 'does the work of a start once on three processes']],
  retiredUsernames: [
    ['server/start-jobs.race', 'does the work of a start once on three processes'],
    [
      'features/username/retired-username.race',
      'makes one key when two processes retire their first usernames, and keeps each name (R-125a)',
    ],
  ],
};

/** Jobs that requests need as well, so that `createApp` starts them. */
const startedApart = ['mail'];

test('has tests with several processes for every background job', () => {
  expect(Object.keys(proofs).sort()).toEqual([...Object.keys(backgroundJobs), ...startedApart].sort());
});

test.each(Object.entries(proofs))('the tests of %s with several processes exist', (_, tests) => {
  for (const [file, title] of tests)
    expect(readTestTitles(readFileSync(`test/${file}.test.ts`, 'utf8'))).toContain(title);
});

/** Every place that starts work apart from requests, with the reason. All else is in the list of background jobs. */
const startsWork: Readonly<Record<string, string>> = {
  'src/database/connection/fail-fast-client.ts': 'watches connections',
  'src/database/queue/job-queue.ts': 'the worker of emails',
  'src/database/queue/keep-working.ts': 'pauses the worker of emails',
  'src/database/queue/start-polling.ts': 'the senders of webhooks and syslog',
  'src/features/call-key/call-key-uses.ts': 'writes what the process recorded, and never over a later use',
  'src/features/mail/delivery/mail-worker.ts': 'the worker of emails',
  'src/features/security-event/syslog/syslog-worker.ts': 'the job syslog',
  'src/features/webhook/delivery/webhook-worker.ts': 'the job webhooks',
  'src/http/drain.ts': 'ends requests at a stop',
  'src/http/request/record-use.ts': 'part of a request',
  'src/server/background-jobs.ts': 'starts the jobs of the list',
  'src/server/watch-clock.ts': 'watches the clock',
  'src/server/watchdog.ts': 'watches the event loop',
  'src/server/watchdog-thread.ts': 'watches the event loop',
};

test('starts no work apart from requests outside of the list of background jobs', () => {
  const found = sources()
    .filter(({ code }) =>
      /\b(?:setInterval|startPolling|keepWorking)\(|\bbackground\.start\(|\bqueue\.work\(/.test(code),
    )
    .map(({ path }) => path);
  expect(found).toEqual(Object.keys(startsWork).sort());
});
