import type { RuleContext } from '../../rules/context.js';
import { AccountEntity } from './account.entity.js';
import type { Locale } from '../../text/locale.js';

/** Chooses the language in which a person gets mails. */
export async function setLocale(
  { em }: RuleContext,
  { accountId: id }: { readonly accountId: string },
  locale: Locale,
): Promise<void> {
  await em.nativeUpdate(AccountEntity, { id }, { locale });
}
