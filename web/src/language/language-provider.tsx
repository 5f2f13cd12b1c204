import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Locale } from '../generated/graphql.js';
import { remembered, remember } from '../shell/preferences.js';
import { en, type Words } from './en.js';
import { LanguageContext, languageTags } from './language.js';

/** The language that this browser chose before, or else the one that it asks for first of those that there are. */
export function preferredLocale(): Locale {
  const chosen = remembered('language');
  if (chosen === 'EN' || chosen === 'ZH') return chosen;
  return (
    navigator.languages.map((tag) => tag.slice(0, 2).toUpperCase()).find((tag) => tag === 'EN' || tag === 'ZH') ?? 'EN'
  );
}

/** The words of a language; Chinese comes when it is needed. */
export async function readWords(locale: Locale): Promise<Words> {
  return locale === 'ZH' ? (await import('./zh.js')).zh : en;
}

interface LanguageProviderProps {
  readonly initial: { readonly locale: Locale; readonly words: Words };
  readonly children: ReactNode;
}

/** Gives everything inside the language of the page. */
export function LanguageProvider({ initial, children }: LanguageProviderProps) {
  const [spoken, setSpoken] = useState(initial);
  const { locale, words } = spoken;
  const language = languageTags[locale];
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo(
    () => ({
      locale,
      language,
      words,
      choose: (wanted: Locale) => {
        remember('language', wanted);
        void readWords(wanted).then((found) => setSpoken({ locale: wanted, words: found }));
      },
    }),
    [locale, language, words],
  );
  return <LanguageContext value={value}>{children}</LanguageContext>;
}
