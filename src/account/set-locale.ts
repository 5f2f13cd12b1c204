import type { RuleContext } from '../rule-context.js';
import { AccountEntity, type Locale } from './account.entity.js';

/** Chooses the language in which a person gets mails. */
export async function setLocale({ em }: RuleContext, { accountId: id }: { readonly accountId: string }, locale: Locale): Promise<void> {
  await em.nativeUpdate(AccountEntity, { id }, { locale });
}
