import { CallKeyEntity } from '../../../src/features/call-key/call-key.entity.js';
import { newId } from '../../../src/database/connection/id.js';
import { fromGlobalId, toGlobalId } from '../../../src/rules/global-id.js';
import type { Answer, Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { graphql } from '../../support/generated/gql.js';
import type { RecordUsageMutation, UsageEntryInput } from '../../support/generated/graphql.js';
import { newService } from '../../support/services.js';
import type { TestUser } from '../../support/users.js';
import type { TestPostern } from '../../support/postern.js';
import { ruleContext } from '../../support/rule-context.js';

const RecordUsage = graphql(`
  mutation RecordUsage($input: RecordUsageInput!) {
    recordUsage(input: $input) { recorded duplicates rejected { index requestId code } userErrors { code field message } }
  }
`);

/** A gateway: a program with the token of a SERVICE account. */
export const newGateway = async (postern: TestPostern): Promise<Client> =>
  (await newService(postern, ['CALL_KEYS'])).client;

/** A user's call key: its public id and its quota. */
export interface TestCallKey {
  readonly id: string;
  readonly uuid: string;
  quota(): Promise<{ used: number; left: number | null }>;
}

let secrets = 0;

/** Creates a call key whose secret is unknown. */
export async function newCallKey(
  postern: TestPostern,
  owner: Pick<TestUser, 'id'>,
  { name = 'a key', quotaLeft = null }: { name?: string; quotaLeft?: bigint | null } = {},
): Promise<TestCallKey> {
  const { em, now } = ruleContext(postern);
  const uuid = newId(now);
  await em.insert(CallKeyEntity, {
    id: uuid,
    account: fromGlobalId('User', owner.id)!,
    name,
    keyHash: `hash ${(secrets += 1)}`,
    hint: 'sk-…',
    models: [],
    allowedIps: [],
    quotaLeft,
    quotaUsed: 0n,
    createdAt: now,
  });
  return {
    uuid,
    id: toGlobalId('CallKey', uuid),
    quota: async () => {
      const [row] = await query<{ quota_used: unknown; quota_left: unknown }>(
        postern.database,
        'select quota_used, quota_left from call_keys where id = ?',
        [uuid],
      );
      return { used: Number(row!.quota_used), left: row!.quota_left === null ? null : Number(row!.quota_left) };
    },
  };
}

let requests = 0;

/** An AI call with a key at a given time, with a new request id. */
export const call = (
  { id }: Pick<TestCallKey, 'id'>,
  at: Date,
  wish: Partial<UsageEntryInput> = {},
): UsageEntryInput => ({
  callKeyId: id,
  at: at.toISOString(),
  type: 'CONSUME',
  model: 'model-a',
  promptTokens: 10,
  completionTokens: 5,
  quota: 3,
  requestId: `request-${(requests += 1)}`,
  ...wish,
});

/** Sends entries to recordUsage. */
export const report = (gateway: Client, entries: readonly UsageEntryInput[]): Promise<Answer<RecordUsageMutation>> =>
  gateway.send(RecordUsage, { input: { entries: [...entries] } });
