import { setTimeout as sleep } from 'node:timers/promises';
import type { Api, Reply } from './api.ts';
import type { Site } from './site.ts';

/** How often an act is repeated while it has no answer (in ms). */
const REPEAT_EVERY_MS = 300;
/** In this time after the database answers again, what was under way has ended (in ms). */
const SETTLED_MS = 1_500;

/** What a worker knows: its client, the site, and the credentials of the administrator and the gateway. */
export interface World {
  readonly api: Api;
  readonly site: Site;
  /** A session of ROOT, which must stay valid. */
  readonly rootToken: string;
  /** The API token of a SERVICE account that may report usage. */
  readonly gatewayToken: string;
  /** Waits as long as a user thinks. */
  pause(): Promise<void>;
}

/** Repeats a request that changes nothing until it is answered. */
export async function untilAnswered(send: () => Promise<Reply>): Promise<Exclude<Reply, { state: 'UNKNOWN' }>> {
  for (;;) {
    const reply = await send();
    if (reply.state !== 'UNKNOWN') return reply;
    await sleep(REPEAT_EVERY_MS);
  }
}

/** Reads the state that an act without an answer left: after it can't take effect any more. */
export async function settled(send: () => Promise<Reply>): Promise<Exclude<Reply, { state: 'UNKNOWN' }>> {
  await untilAnswered(send);
  await sleep(SETTLED_MS);
  return untilAnswered(send);
}

/** Runs an act; without an answer, reads the state to learn whether it took effect. @returns whether it did */
export async function tookEffect(
  { api }: World,
  reply: Reply,
  what: string,
  read: () => Promise<boolean>,
): Promise<boolean> {
  if (reply.state === 'DONE') return true;
  if (reply.state === 'REFUSED') {
    api.found('WRONG', `${what} was refused: ${reply.codes.join()}`);
    return false;
  }
  const isDone = await read();
  api.ledger.resolve(isDone);
  return isDone;
}

/** Sends an act that works once twice at the same time, which nginx spreads over processes. */
export async function raceTwice({ api }: World, what: string, send: (copy: 0 | 1) => Promise<Reply>): Promise<Reply> {
  const replies = await Promise.all([send(0), send(1)]);
  const done = replies.filter(({ state }) => state === 'DONE');
  if (done.length === 2) api.found('TWICE', what);
  return done[0] ?? replies.find(({ state }) => state === 'UNKNOWN') ?? replies[0];
}

/** Sends something that must be refused because it was used, replaced or ended. */
export async function mustBeRefused(
  { api }: World,
  verdict: 'TWICE' | 'WRONG',
  what: string,
  send: () => Promise<Reply>,
): Promise<void> {
  const { state } = await untilAnswered(send);
  if (state === 'DONE') api.found(verdict, what);
}
