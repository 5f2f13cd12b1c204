import { hashToken, newToken } from '../../crypto/token.js';
import { newId } from '../../database/connection/id.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import type { TokenScope } from '../../rules/token-scope.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { recordAccessTokenEvent } from './access-token-event.js';
import {
  findAccessTokenErrors,
  getLifetime,
  parseAccessTokenSettings,
  validateEnd,
  validateScopes,
  type SubmittedAccessTokenSettings,
} from './access-token-settings.js';
import { accessTokenColumns, type AccessTokenRow } from './find-access-tokens.js';

/** Maximum number of active tokens per account, which the message names. */
const MAXIMUM_ACTIVE_TOKENS = 50;

/** Number of characters of a token by which its owner recognizes it. */
const HINT_LENGTH = 4;

/** The last characters of a token. */
export const accessTokenHint = (token: string): string => token.slice(-HINT_LENGTH);

/** A new or rotated token, which can't be read again later. */
export interface IssuedAccessToken {
  readonly token: string;
  readonly accessToken: AccessTokenRow;
}

/** What a new token may do, and until when. */
export interface NewAccessToken extends SubmittedAccessTokenSettings {
  readonly scopes: readonly TokenScope[];
  readonly expiresAt: Date | null;
}

/** Creates an access token and stores only its hash. The limit holds under concurrent requests. */
export async function createAccessToken(
  context: RuleContext,
  owner: SessionViewer,
  { scopes, expiresAt, ...submitted }: NewAccessToken,
): Promise<IssuedAccessToken> {
  const { now, config } = context;
  refuseAll([
    ...findAccessTokenErrors(submitted),
    ...validateScopes(scopes, owner.role),
    ...validateEnd(now, config.accessTokenMaxDays, expiresAt),
  ]);
  const { name = '', allowedIps = [] } = parseAccessTokenSettings(submitted);
  const lifetime = getLifetime(now, config.accessTokenMaxDays, expiresAt);
  const token = newToken('accessToken');
  const hint = accessTokenHint(token);
  return transaction(context, owner, async (context) => {
    await refuseOverLimit(context, owner.accountId);
    const accessToken = await context.em
      .getKysely<Tables>()
      .insertInto('access_tokens')
      .values({
        id: newId(now),
        account_id: owner.accountId,
        name,
        token_hash: hashToken(token),
        hint,
        scopes: [...scopes],
        allowed_ips: allowedIps,
        created_at: now,
        lifetime_seconds: lifetime.lifetimeSeconds,
        expires_at: lifetime.expiresAt,
      })
      .returning(accessTokenColumns(now))
      .executeTakeFirstOrThrow();
    await recordAccessTokenEvent(context, owner, { type: 'ACCESS_TOKEN_CREATED', detail: hint });
    return { token, accessToken };
  });
}

async function refuseOverLimit({ em, now }: RuleContext, accountId: string): Promise<void> {
  const { count } = await em
    .getKysely<Tables>()
    .selectFrom('access_tokens')
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) >= MAXIMUM_ACTIVE_TOKENS) refuse('ACCESS_TOKEN_LIMIT');
}
