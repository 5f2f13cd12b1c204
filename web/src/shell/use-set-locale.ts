import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import type { Locale } from '../generated/graphql.js';
import { useLanguage } from '../language/language.js';
import { useSession } from '../session/viewer.js';

const SetLocale = graphql(`
  mutation SetLocale($input: SetLocaleInput!) {
    setLocale(input: $input) { user { id locale } userErrors { code field message } }
  }
`);

/** Changes the language of the web app and, for a signed-in user, of emails. */
export function useSetLocale(): (locale: Locale) => void {
  const { setLocale } = useLanguage();
  const { viewer } = useSession();
  const { run } = useAction(SetLocale);
  return (locale) => {
    setLocale(locale);
    if (viewer) void run({ input: { locale } });
  };
}
