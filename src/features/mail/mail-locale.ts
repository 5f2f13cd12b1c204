import { sql } from 'kysely';
import type { Locale } from '../../text/locale.js';

/** The language of emails to an account, where a statement selects from `accounts`. English if it is not known yet. */
export const mailLocale = sql<Locale>`coalesce(accounts.locale, 'EN')`.as('locale');
