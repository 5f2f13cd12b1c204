import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sealAt, tamper } from '../features/security-event/recording.js';
import { temporaryFolder } from '../support/server-process.js';
import { objectsIn, userErrorsOf, type Installation, type OpenInstallation } from './installation.js';

/** SHA-256 as events and seals use it, computed as a SIEM would. */
const sha256 = (values: readonly unknown[]) => createHash('sha256').update(JSON.stringify(values)).digest('base64url');

const day = (number: number) => new Date(`2026-11-0${number}T08:00:00Z`);

/** Tests of `postern events follow` without a server. */
export function describeFollowCommand(open: OpenInstallation): void {
  let postern: Installation;
  let state: string;
  beforeAll(async () => {
    postern = await open();
    state = join(temporaryFolder(), 'state');
  });
  afterAll(() => postern.end());

  const seal = (number: number, events: number) =>
    postern.inDatabase((database) => sealAt(database, day(number), events));
  const follow = (...options: string[]) => postern.run('events', 'follow', '--once', ...options);

  test('`postern events follow` begins with what is sealed from now on, and remembers that', async () => {
    expect(await follow('--json', '--state', state)).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
    expect([readFileSync(state, 'utf8'), statSync(state).mode & 0o777]).toEqual(['start\n', 0o600]);
    await seal(1, 3);
    expect(await follow('--json')).toMatchObject({ code: 0, stdout: '' });
  });

  test('`events follow` prints each sealed event once as a JSON line, with its seal (R-98)', async () => {
    const lines = objectsIn(await follow('--json', '--state', state));
    expect(lines).toHaveLength(3);
    expect(lines[1]).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      at: '2026-11-01T08:00:00.000Z',
      type: 'LOGIN_FAILED',
      outcome: 'REFUSED',
      accountId: null,
      actorId: null,
      sessionId: null,
      accessTokenId: null,
      ip: '203.0.113.9',
      userAgent: 'curl/8.5\\u001b[31m ]"\\',
      requestId: expect.any(String),
      traceId: null,
      reason: null,
      detail: null,
      digest: expect.stringMatching(/^[\w-]{43}$/),
      cursor: `1:${lines[1].seal.hash}/2`,
      seal: {
        number: 1,
        hash: expect.stringMatching(/^[\w-]{43}$/),
        previousHash: '',
        sealedAt: '2026-11-01T08:00:00.000Z',
        complete: true,
        events: 3,
      },
      fault: null,
    });
    expect(await follow('--json', '--state', state)).toMatchObject({ code: 0, stdout: '' });
    await seal(2, 2);
    expect(objectsIn(await follow('--json', '--state', state)).map(({ cursor }) => cursor.at(-1))).toEqual(['1', '2']);
  });

  test('`events follow` continues after any cursor, and from the start of what is kept', async () => {
    const all = objectsIn(await follow('--json', '--after', 'start'));
    expect(all).toHaveLength(5);
    expect(objectsIn(await follow('--json', '--after', all[1].cursor))).toEqual(all.slice(2));
    // An existing state wins.
    expect(await follow('--json', '--after', 'start', '--state', state)).toMatchObject({ code: 0, stdout: '' });
  });

  test('the lines of `events follow` are enough to verify the chain of seals (R-97)', async () => {
    const lines = objectsIn(await follow('--json', '--after', 'start'));
    let previousHash = '';
    for (const number of [1, 2]) {
      const events = lines.filter(({ seal: { number: of } }) => of === number);
      const { seal } = events[0];
      const [ids, digests] = [events.map(({ id }) => id), events.map(({ digest }) => digest)];
      expect(events).toHaveLength(seal.events);
      expect(seal.previousHash).toBe(previousHash);
      previousHash = sha256(['seal 1', number, seal.sealedAt, seal.complete, ids, digests, ids.at(-1), previousHash]);
      expect(seal.hash).toBe(previousHash);
    }
    const last = lines.at(-1).seal;
    expect(await postern.run('events', 'verify', '--seal', `2:${last.hash}`)).toMatchObject({ code: 0 });
  });

  test('`events follow` without --json prints a line for people, with unsafe text escaped (R-98)', async () => {
    const { stdout } = await follow('--after', 'start');
    expect(stdout.split('\n')[0]).toMatch(
      /^2026-11-01T08:00:00\.000Z LOGIN_FAILED REFUSED ip=203\.0\.113\.9 cursor=1:[\w-]{43}\/1$/,
    );
  });

  test('`events follow` shows a removed event in its place (R-97)', async () => {
    const { ids } = await seal(3, 2);
    await postern.inDatabase((database) => tamper(database, `delete from security_events where id = '${ids[0]}'`));
    const lines = objectsIn(await follow('--json', '--state', state));
    expect(lines.map(({ id, type, fault }) => ({ id, type, fault }))).toEqual([
      { id: ids[0], type: null, fault: 'EVENT_REMOVED' },
      { id: ids[1], type: 'LOGIN_FAILED', fault: null },
    ]);
  });

  test('`events follow` refuses a cursor of no seal, or of another one with its number', async () => {
    const [{ cursor }] = objectsIn(await follow('--json', '--after', 'start')) as [{ cursor: string }];
    const said = await userErrorsOf(
      postern,
      ['events', 'follow', '--after', 'yesterday'],
      ['events', 'follow', '--after', `9${cursor}`],
      ['events', 'follow', '--after', cursor.replace(/:./, (text) => (text === ':A' ? ':B' : ':A'))],
    );
    expect(said).toEqual([
      'Enter a cursor as a line of "events follow --json" has it, or "start".\n',
      expect.stringMatching(
        /^The database has no seal 91:[\w-]{43}\. Perhaps it was restored from a backup, or is another one\. Continue with --after/,
      ),
      expect.stringMatching(/^The database has no seal 1:/),
    ]);
  });

  test('`events follow` refuses a state that it can’t read or write, and leaves it as it is', async () => {
    const broken = join(temporaryFolder(), 'broken');
    writeFileSync(broken, '');
    const said = await userErrorsOf(
      postern,
      ['events', 'follow', '--state', broken],
      ['events', 'follow', '--after', 'start', '--state', join(broken, 'in', 'a', 'file')],
    );
    expect(said).toEqual([
      `${broken} has no cursor. Delete it, and continue with --after and the cursor of the last line.\n`,
      expect.stringMatching(/^The state can't be (?:read|written): ENOTDIR/),
    ]);
    expect(readFileSync(broken, 'utf8')).toBe('');
  });

  test('`events follow` refuses to skip what retention deleted', async () => {
    const [first] = objectsIn(await follow('--json', '--after', 'start'));
    await postern.inDatabase((database) =>
      tamper(
        database,
        'insert into event_anchors select number, hash, cardinality(event_ids), sealed_at, mac from event_seals where number = 1',
        'delete from security_events where id in (select unnest(event_ids) from event_seals where number = 1)',
        'delete from event_seals where number = 1',
      ),
    );
    const [said] = await userErrorsOf(postern, ['events', 'follow', '--after', first.cursor]);
    expect(said).toMatch(
      /^Retention deleted events after 1:[\w-]{43}\/1\. The oldest event that is left follows 1:[\w-]{43}\/3\. Continue with --after/,
    );
    expect(objectsIn(await follow('--json', '--after', 'start'))).toHaveLength(4);
    expect(objectsIn(await follow('--json', '--after', first.cursor.replace('/1', '/3')))).toHaveLength(4);
    expect(existsSync(`${state}.new`)).toBe(false);
  });
}
