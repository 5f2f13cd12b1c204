import { createKey } from '../call-keys.ts';
import { checkAfterFault, checkUser } from '../check-user.ts';
import type { SoakUser } from '../user.ts';
import { signUp } from '../sign-in.ts';
import { settled, type World } from '../world.ts';
import type { Reply } from '../api.ts';

const REPORTS = 12;
const ENTRIES = 5;
/** What each call is charged. */
const QUOTA = 3;

let calls = 0;

const newEntries = (callKeyId: string) =>
  Array.from({ length: ENTRIES }, () => ({
    callKeyId,
    at: new Date().toISOString(),
    type: 'CONSUME',
    model: 'model-a',
    promptTokens: 10,
    completionTokens: 5,
    quota: QUOTA,
    requestId: `call-${(calls += 1)}`,
  }));

const countOf = (reply: Reply) => (reply.state === 'DONE' ? (reply.data['recorded'] as number) : 0);

/** Reports calls, again without an answer: an entry counts once however often it is sent. */
async function report(world: World, callKeyId: string, copies: number): Promise<void> {
  const { api, gatewayToken } = world;
  const input = { entries: newEntries(callKeyId) };
  const send = () => api.mutate('recordUsage', 'recorded duplicates', input, gatewayToken);
  const replies = await Promise.all(Array.from({ length: copies }, send));
  for (const reply of replies)
    if (reply.state === 'REFUSED') api.found('WRONG', `a report was refused: ${reply.codes.join()}`);
  const counted = replies.reduce((sum, reply) => sum + countOf(reply), 0);
  if (counted > ENTRIES) api.found('TWICE', `${counted} of ${ENTRIES} calls were recorded`);
  if (replies.some(({ state }) => state === 'UNKNOWN')) {
    const again = await settled(send);
    if (again.state === 'REFUSED') return api.found('LOST', `a report was refused: ${again.codes.join()}`);
    // The first of the two settled reports may have recorded them.
    api.ledger.resolve(again.data['duplicates'] === ENTRIES);
  } else if (counted < ENTRIES) api.found('LOST', `${counted} of ${ENTRIES} calls were recorded`);
}

async function checkSummary({ api }: World, user: SoakUser, requests: number, quota: number): Promise<void> {
  const reply = await settled(() => api.query('{ me { usageSummary { requests quota } } }', {}, user.token));
  const summary = reply.state === 'DONE' ? reply.data['me']?.usageSummary : null;
  if (!summary) return api.found('LOST', `the session of ${user.username} is not valid`);
  for (const [what, is, must] of [
    ['calls', Number(summary.requests), requests],
    ['quota', Number(summary.quota), quota],
  ] as const)
    if (is !== must) api.found(is < must ? 'LOST' : 'TWICE', `the usage has ${is} ${what}, not ${must}`);
}

/** A user whose calls a gateway reports, some of them twice at the same time. */
export async function liveUsage(world: World): Promise<SoakUser> {
  const user = await signUp(world);
  const key = await createKey(world, user, { quota: 1_000_000 });
  for (let number = 1; number <= REPORTS; number += 1) {
    await report(world, key.id, 1 + (number % 2));
    key.charged += ENTRIES * QUOTA;
    await checkAfterFault(world, user);
  }
  await checkSummary(world, user, REPORTS * ENTRIES, key.charged);
  await checkUser(world, user);
  return user;
}
