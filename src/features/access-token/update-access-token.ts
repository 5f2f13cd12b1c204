import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { recordAccessTokenEvent } from './access-token-event.js';
import { parseAccessTokenSettings, type SubmittedAccessTokenSettings } from './access-token-settings.js';
import { lockActiveToken } from './lock-active-token.js';
import { accessTokenColumns, type AccessTokenRow } from './find-access-tokens.js';

/** The detail of an update after which the token can be used from more addresses. Its owner gets an email. */
const WIDENED = 'ALLOWED_IPS_WIDENED';

/** Updates the given fields of an active access token. Another user's token is refused like an unknown one. */
export async function updateAccessToken(
  context: RuleContext,
  owner: SessionViewer,
  id: string | null,
  submitted: SubmittedAccessTokenSettings,
): Promise<AccessTokenRow> {
  if (id === null) refuse('NOT_FOUND', 'id');
  const { name, allowedIps } = parseAccessTokenSettings(submitted);
  return transaction(context, owner, async (context) => {
    const before = await lockActiveToken(context, owner.accountId, id);
    // The ID is always set, so an update without changes still finds the token.
    const accessToken = await context.em
      .getKysely<Tables>()
      .updateTable('access_tokens')
      .set({ id, name, allowed_ips: allowedIps })
      .where('id', '=', id)
      .returning(accessTokenColumns(context.now))
      .executeTakeFirstOrThrow();
    const isWider = allowedIps !== undefined && isWidened(before.allowedIps, allowedIps);
    const detail = isWider ? WIDENED : accessToken.hint;
    await recordAccessTokenEvent(context, owner, { type: 'ACCESS_TOKEN_UPDATED', detail });
    return accessToken;
  });
}

/** Whether a list of ranges allows an address that another one didn't. An empty list allows all. */
const isWidened = (before: readonly string[], after: readonly string[]): boolean =>
  before.length > 0 && (after.length === 0 || after.some((range) => !before.includes(range)));
