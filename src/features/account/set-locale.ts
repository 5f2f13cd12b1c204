import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import type { Locale } from '../../text/locale.js';
import { changeAccount } from './change-account.js';

/** Sets the language of emails to the viewer. */
export const setLocale = (context: RuleContext, viewer: SessionViewer, locale: Locale): Promise<void> =>
  transaction(context, viewer, (context) => changeAccount(context, viewer.accountId, { locale }));
