import { securityEventTypes, type SecurityEventType } from '../security-event/security-event.entity.js';
import type { RuleContext } from '../../rules/context.js';
import { invalidValue, userError, type UserError } from '../../rules/refuse.js';
import { canonicalName } from '../../text/normalize.js';
import type { UserErrorMessage } from '../../rules/user-error-messages.js';
import { canonicalUrl, resolveTarget, TargetRefusedError } from './webhook-target.js';

/** What a ROOT sets about a webhook. */
export interface WebhookSettings {
  readonly url: string;
  readonly description: string;
  /** Empty means all. */
  readonly eventTypes: readonly SecurityEventType[];
}

/** Settings that may be incomplete. */
export type SomeSettings = { readonly [Field in keyof WebhookSettings]?: WebhookSettings[Field] | undefined };

/** Maximum number of characters of a description. */
const MAXIMUM_DESCRIPTION_LENGTH = 200;

/** Text of one line without characters that mislead; may be empty. */
const safeDescription = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u;

const descriptionMessage: UserErrorMessage = {
  EN: `Use at most ${MAXIMUM_DESCRIPTION_LENGTH} visible characters, without line breaks.`,
  ZH: `请使用最多 ${MAXIMUM_DESCRIPTION_LENGTH} 个可见字符，且不含换行。`,
  details: { maxLength: MAXIMUM_DESCRIPTION_LENGTH },
};

/** Settings in their canonical form. Absent ones stay absent, and types are named once, in the order of the list. */
export const canonicalSettings = ({ url, description, eventTypes }: SomeSettings): SomeSettings => ({
  url: url === undefined ? undefined : canonicalUrl(url),
  description: description === undefined ? undefined : canonicalName(description),
  eventTypes: eventTypes && securityEventTypes.filter((type) => eventTypes.includes(type)),
});

/** The errors of canonical settings. Resolves the name in the URL, so call it outside of a transaction. */
export async function findSettingErrors(
  context: Pick<RuleContext, 'config' | 'resolveName'>,
  { url, description = '' }: SomeSettings,
): Promise<UserError[]> {
  const isDescription = [...description].length <= MAXIMUM_DESCRIPTION_LENGTH && safeDescription.test(description);
  return [
    ...(url === undefined || (await isAccepted(context, url)) ? [] : [userError('WEBHOOK_URL_REFUSED', 'url')]),
    ...(isDescription ? [] : [invalidValue(descriptionMessage, 'description')]),
  ];
}

const isAccepted = (context: Pick<RuleContext, 'config' | 'resolveName'>, url: string): Promise<boolean> =>
  resolveTarget(context, url).then(
    () => true,
    (error: unknown) => {
      if (error instanceof TargetRefusedError) return false;
      throw error;
    },
  );
