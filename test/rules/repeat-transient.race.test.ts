import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { fork, type Database } from '../../src/database/connection/database.js';
import { isDatabaseUnavailable } from '../../src/database/connection/database-unavailable.js';
import { createMailbox, openMailQueue, type MailQueue } from '../../src/features/mail/delivery/mail-queue.js';
import { noAuthority } from '../../src/rules/authority.js';
import { refuse } from '../../src/rules/refuse.js';
import { transaction, type WithUnitOfWork } from '../../src/rules/transaction.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { transactionRetries } from '../../src/telemetry/transaction-retries.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';

let race: RaceDatabase;
let database: Database;
let queue: MailQueue;
beforeAll(async () => {
  race = await openRaceDatabase();
  database = await race.open();
  queue = await openMailQueue(database, createLogger('silent'));
  await race.query('create table counters (id int primary key, count int not null)');
});
beforeEach(async () => {
  transactionRetries.reset();
  await race.query('truncate counters');
  await race.query('insert into counters values (1, 0), (2, 0)');
});
afterAll(async () => {
  await queue.stop();
  await race.drop();
});

const change = <Result>(work: (context: WithUnitOfWork) => Promise<Result>) =>
  transaction({ em: fork(database) }, noAuthority, work);

const increment = ({ em }: WithUnitOfWork, id: number) =>
  em.execute('update counters set count = count + 1 where id = ?', [id]);

const counts = async () =>
  (await race.query<{ count: number }>('select count from counters order by id')).map(({ count }) => count);

/** The retries that were counted, by reason. */
const retries = async () =>
  Object.fromEntries((await transactionRetries.get()).values.map(({ labels, value }) => [labels.reason, value]));

/** Ends the session of a transaction, as an administrator or a restart of the server does. */
async function endSession({ em }: WithUnitOfWork): Promise<void> {
  const [{ pid }] = await em.execute<[{ pid: number }]>('select pg_backend_pid() as pid');
  await race.query('select pg_terminate_backend($1)', [pid]);
}

test('repeats the victim of a deadlock, so that both transactions commit', async () => {
  const { promise: bothHold, resolve: go } = Promise.withResolvers<void>();
  let holding = 0;
  let tries = 0;
  const crossing = (first: number, second: number) =>
    change(async (context) => {
      tries += 1;
      await increment(context, first);
      if ((holding += 1) === 2) go();
      await bothHold;
      await increment(context, second);
    });
  await Promise.all([crossing(1, 2), crossing(2, 1)]);
  expect([await counts(), tries]).toEqual([[2, 2], 3]);
  expect(await retries()).toEqual({ deadlock: 1 });
});

test('repeats a transaction that could not be serialized', async () => {
  let tries = 0;
  await change(async (context) => {
    await context.em.execute('set transaction isolation level repeatable read');
    await context.em.execute('select count from counters');
    if ((tries += 1) === 1) await race.query('update counters set count = 10 where id = 1');
    await increment(context, 1);
  });
  expect([await counts(), tries]).toEqual([[11, 0], 2]);
  expect(await retries()).toEqual({ serialization: 1 });
});

test('repeats a transaction whose connection was lost before the commit, and queues its email once', async () => {
  let tries = 0;
  await change(async (context) => {
    await increment(context, 1);
    await createMailbox(queue).post(context.em, { kind: 'NOTICE', eventId: 'an event' });
    if ((tries += 1) === 1) await endSession(context);
    await increment(context, 2);
  });
  expect([await counts(), tries]).toEqual([[1, 1], 2]);
  expect(await race.query("select 1 from pgboss.job where name = 'mail'")).toHaveLength(1);
  expect(await retries()).toEqual({ connection: 1 });
});

test('repeats a transaction whose connection was lost when it queues an email', async () => {
  let tries = 0;
  await change(async (context) => {
    if ((tries += 1) === 1) await endSession(context);
    await createMailbox(queue).post(context.em, { kind: 'NOTICE', eventId: 'an event' });
  });
  expect(tries).toBe(2);
});

test('does not repeat a transaction whose connection was lost during the commit', async () => {
  await race.query(`
    create function wait_at_commit() returns trigger language plpgsql as $$ begin perform pg_sleep(30); return null; end $$;
    create constraint trigger wait_at_commit after update on counters deferrable initially deferred
      for each row execute function wait_at_commit();
  `);
  let tries = 0;
  let ended: Promise<unknown> = Promise.resolve();
  const committing = change(async (context) => {
    tries += 1;
    await increment(context, 1);
    const [{ pid }] = await context.em.execute<[{ pid: number }]>('select pg_backend_pid() as pid');
    ended = race.query(
      `do $$ begin
         while not exists (select from pg_stat_activity where pid = ${pid} and query ilike 'commit%' and state = 'active') loop
           perform pg_sleep(0.01), pg_stat_clear_snapshot();
         end loop;
         perform pg_terminate_backend(${pid});
       end $$`,
    );
  });
  const error: unknown = await committing.catch((reason: unknown) => reason);
  await ended;
  await race.query('drop function wait_at_commit cascade');
  expect([tries, isDatabaseUnavailable(error), await retries()]).toEqual([1, true, {}]);
});

test('gives up after three tries, with an error that is SERVICE_UNAVAILABLE', async () => {
  let tries = 0;
  const failing = change(async (context) => {
    tries += 1;
    await increment(context, 1);
    await context.em.execute("do $$ begin raise exception using errcode = '40001'; end $$");
  });
  const error: unknown = await failing.catch((reason: unknown) => reason);
  expect([tries, isDatabaseUnavailable(error), await counts()]).toEqual([3, true, [0, 0]]);
  expect(await retries()).toEqual({ serialization: 2 });
});

test.each([
  ['is refused', () => refuse('INVALID_TOKEN')],
  ['violates a constraint', ({ em }: WithUnitOfWork) => em.execute('insert into counters values (1, 0)')],
])('does not repeat a transaction that %s', async (_, fail) => {
  let tries = 0;
  const failing = change(async (context) => {
    tries += 1;
    await fail(context);
  });
  await expect(failing).rejects.toThrow();
  expect([tries, await retries()]).toEqual([1, {}]);
});
