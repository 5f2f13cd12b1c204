import { setTimeout as sleep } from 'node:timers/promises';
import { verifyMessage, type ReceivedMessage } from '../../../test/support/webhook-receiver.js';
import { settled, type World } from '../world.ts';

/** How long a worker waits for a message before it goes on; the message must still arrive before the end (in ms). */
const MESSAGE_MS = 20_000;
const CHECK_EVERY_MS = 50;

let names = 0;

/** A webhook that a worker made. */
interface Made {
  readonly id: string;
  secret: string;
  readonly path: string;
}

async function findByDescription({ api, rootToken }: World, description: string): Promise<string | null> {
  const reply = await settled(() => api.query('{ webhooks { id description } }', {}, rootToken));
  if (reply.state === 'REFUSED') return null;
  const all = reply.data['webhooks'] as { id: string; description: string }[];
  return all.find((one) => one.description === description)?.id ?? null;
}

async function remove(world: World, id: string): Promise<void> {
  for (;;) {
    const reply = await world.api.mutate('deleteWebhook', 'deletedWebhookId', { id }, world.rootToken);
    if (reply.state !== 'UNKNOWN') return;
    await sleep(CHECK_EVERY_MS);
  }
}

/** Creates a webhook for a path of the receiver. One whose secret was lost with the answer is deleted. */
async function create(world: World): Promise<Made> {
  for (;;) {
    const path = `/worker-${(names += 1)}`;
    const url = new URL(path, world.site.receiverLine.url).href;
    const input = { url, description: path, eventTypes: ['WEBHOOK_TESTED'] };
    const reply = await world.api.mutate('createWebhook', 'secret webhook { id }', input, world.rootToken);
    if (reply.state === 'DONE')
      return { id: reply.data['webhook'].id as string, secret: reply.data['secret'] as string, path };
    if (reply.state === 'REFUSED') throw new Error(`createWebhook was refused: ${reply.codes.join()}`);
    const id = await findByDescription(world, path);
    world.api.ledger.resolve(id !== null);
    if (id !== null) await remove(world, id);
  }
}

/** Sends a test event, and waits for it. @returns whether it arrived */
async function sendTest(world: World, { id, secret, path }: Made): Promise<boolean> {
  const { api, site } = world;
  const startedAt = performance.now();
  const reply = await api.mutate('testWebhook', 'delivery { eventId }', { id }, world.rootToken);
  if (reply.state !== 'DONE') return true;
  const eventId = reply.data['delivery'].eventId as string;
  const isIt = (message: ReceivedMessage) => message.path === path && message.headers['webhook-id'] === eventId;
  const find = () => site.receiver.messages.find(isIt);
  api.ledger.promise(`the test event ${eventId} to ${path}`, () => find() !== undefined);
  const deadline = performance.now() + MESSAGE_MS;
  while (!find() && performance.now() < deadline) await sleep(CHECK_EVERY_MS);
  const message = find();
  if (!message) return false;
  api.disturbances.succeeded('messages of webhooks', startedAt);
  try {
    verifyMessage(secret, message);
  } catch {
    api.found('WRONG', `a message to ${path} is not signed with the secret that was acknowledged`);
  }
  return true;
}

/** An administrator who makes a webhook, tests it, replaces its secret, tests it again, and deletes it. */
export async function liveWebhooks(world: World): Promise<null> {
  const made = await create(world);
  await world.pause();
  const first = await sendTest(world, made);
  const rotated = await world.api.mutate('rotateWebhookSecret', 'secret', { id: made.id }, world.rootToken);
  if (rotated.state === 'REFUSED') world.api.found('WRONG', `a rotation was refused: ${rotated.codes.join()}`);
  await world.pause();
  // Without an answer the secret is unknown.
  if (rotated.state === 'DONE') made.secret = rotated.data['secret'] as string;
  const second = rotated.state !== 'DONE' || (await sendTest(world, made));
  // What waits to be sent would be given up.
  if (first && second) await remove(world, made.id);
  return null;
}
