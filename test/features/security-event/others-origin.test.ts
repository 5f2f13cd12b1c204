import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from '../../support/client.js';
import { exportAs, recordsOf } from '../../support/exports.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { newUser, type TestUser } from '../../support/users.js';
import { act } from '../administration/actions.js';
import { newUserOfRole } from '../administration/administrators.js';

let postern: TestPostern;
let admin: TestUser;
let user: TestUser;
/** The event of what the administrator did to the user. */
let eventId: string;

const events = `edges { node { id type ip device actor { username } } }`;

interface Event {
  readonly id: string;
  readonly type: string;
  readonly ip: string | null;
  readonly device: string | null;
  readonly actor: { readonly username: string } | null;
}
interface Page {
  readonly edges: readonly { readonly node: Event }[];
}

beforeAll(async () => {
  postern = await startPostern();
  admin = await newUserOfRole(postern, 'ADMIN');
  user = await newUser(postern);
  await act(admin.client, 'sendUserPasswordReset', { userId: user.id });
  eventId = (await ownEvents()).find(({ type }) => type === 'USER_PASSWORD_RESET_SENT')!.id;
});
afterAll(() => postern.close());

async function ask<Data>(client: Client, text: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const { data, errors } = await client.send(text, variables);
  expect(errors).toEqual([]);
  return data as Data;
}

async function ownEvents(filter: object | null = null): Promise<Event[]> {
  const text = `query ($filter: SecurityEventFilter) { me { securityEvents(filter: $filter) { ${events} } } }`;
  const { me } = await ask<{ me: { securityEvents: Page } }>(user.client, text, { filter });
  return me.securityEvents.edges.map(({ node }) => node);
}

const findEvent = async (): Promise<Event> =>
  (
    await ask<{ node: Event }>(
      user.client,
      `query ($id: ID!) { node(id: $id) { ... on SecurityEvent { ip device } } }`,
      { id: eventId },
    )
  ).node;

const exportedEvents = async () => recordsOf(await exportAs(user.client, 'events?format=jsonl'));

test.each([
  ['a list', async () => (await ownEvents()).find(({ id }) => id === eventId)],
  ['a filtered list', async () => (await ownEvents({ types: ['USER_PASSWORD_RESET_SENT'] }))[0]],
  ['`node`', findEvent],
  ['an export', async () => (await exportedEvents()).find(({ id }) => id === eventId)],
])('hides the address and the browser of an administrator from the owner in %s (R-138)', async (_name, find) => {
  expect(await find()).toMatchObject({ ip: null, device: null });
});

test('shows owners where they acted themselves', async () => {
  const registered = { type: 'REGISTERED', ip: '127.0.0.1', device: expect.any(String) };
  expect(await ownEvents()).toContainEqual(expect.objectContaining(registered));
  expect(await exportedEvents()).toContainEqual(expect.objectContaining(registered));
});

test('finds nothing that another did by a filter of the address, which would tell it', async () => {
  const found = await ownEvents({ ip: '127.0.0.1' });
  expect(found.map(({ type }) => type)).toEqual(['REGISTERED']);
  const records = recordsOf(await exportAs(user.client, 'events?format=jsonl&ip=127.0.0.1'));
  expect(records.map(({ type }) => type)).toEqual(['REGISTERED']);
});

test('shows administrators where another administrator acted', async () => {
  const text = `query ($id: ID!) { user(id: $id) { securityEvents(filter: { ip: "127.0.0.1" }) { ${events} } } securityEvents { ${events} } }`;
  const answer = await ask<{ user: { securityEvents: Page }; securityEvents: Page }>(admin.client, text, {
    id: user.id,
  });
  for (const { edges } of [answer.user.securityEvents, answer.securityEvents])
    expect(edges.map(({ node }) => node)).toContainEqual(
      expect.objectContaining({ id: eventId, ip: '127.0.0.1', device: expect.any(String) }),
    );
});
