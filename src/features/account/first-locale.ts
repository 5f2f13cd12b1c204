import { sql } from 'kysely';
import type { RuleContext } from '../../rules/context.js';
import type { Locale } from '../../text/locale.js';

/** The new value of an account's language: the client's, unless the account has one. */
export const firstLocale = ({ locale }: Pick<RuleContext, 'locale'>) => sql<Locale>`coalesce(locale, ${locale})`;
