import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { seconds } from '../../../src/duration.js';
import type { Client } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { registerAt } from '../../support/registrations.js';
import { startThreeServers, type ThreeServers } from '../../support/three-servers.js';
import { WebhookReceiver } from '../../support/webhook-receiver.js';
import { deliveriesOf, localNetworks, newWebhook, redeliverWebhook } from '../../support/webhooks.js';

const AHEAD = 2;

let three: ThreeServers;
let receiver: WebhookReceiver;
let root: Client;
let webhookId: string;
beforeAll(async () => {
  [three, receiver] = [await startThreeServers(localNetworks), await WebhookReceiver.start()];
  const { client, username } = await registerAt(three.servers[AHEAD]!);
  root = client;
  await three.database.query("update accounts set role = 'ROOT' where username = $1", [username]);
  ({ id: webhookId } = await newWebhook(root, { url: receiver.url, eventTypes: ['REGISTERED'] }));
});
afterAll(async () => {
  await three.stop();
  await receiver.close();
});
beforeEach(() => {
  receiver.messages.length = 0;
  receiver.manners = [204];
  receiver.delayMs = 0;
});

/** Waits until everything is delivered. @returns the IDs of all messages */
async function everythingDelivered(timeoutMs?: number): Promise<string[]> {
  const waiting = () => three.database.query("select id from webhook_deliveries where status <> 'DELIVERED'");
  await eventually(async () => (await waiting()).length === 0, 'everything is delivered', timeoutMs);
  return receiver.messages.map(({ headers }) => String(headers['webhook-id']));
}

test('delivers each event once when clocks are 30 s apart and the receiver takes seconds (R-126)', async () => {
  receiver.delayMs = seconds(3);
  for (let round = 0; round < 4; round += 1)
    await Promise.all(three.servers.flatMap((server) => [registerAt(server), registerAt(server)]));
  const ids = await everythingDelivered(seconds(60));
  expect(ids).toHaveLength(24);
  expect(new Set(ids).size).toBe(24);
});

test('makes events and redeliveries due immediately when the clock of their process is ahead (R-126)', async () => {
  const { query } = three.database;
  await query('create table test_later (id uuid)');
  await query(
    `create function test_note_later() returns trigger language plpgsql as $$ begin
       if new.attempts = coalesce(old.attempts, new.attempts) and new.next_attempt_at > clock_timestamp()
       then insert into test_later values (new.id); end if; return null; end $$`,
  );
  await query(
    'create trigger test_note_later after insert or update on webhook_deliveries for each row execute function test_note_later()',
  );
  await registerAt(three.servers[AHEAD]!);
  await everythingDelivered();
  const [newest] = await deliveriesOf(root, webhookId);
  expect(await redeliverWebhook(root, newest!.id)).toSucceed();
  await everythingDelivered();
  expect(receiver.messages).toHaveLength(2);
  expect(await query('select id from test_later')).toEqual([]);
  await query('drop trigger test_note_later on webhook_deliveries');
});

test('delivers an event from another process within 40 s when the one that sends it is killed (R-126)', async () => {
  receiver.manners = ['HANGS', 204];
  await registerAt(three.servers[1]!);
  await receiver.received(1);
  const killed = await three.killConnectedTo(receiver.port);
  const [first, second, ...others] = await everythingDelivered(seconds(40));
  expect([second, others]).toEqual([first, []]);
  await three.restart(killed);
});
