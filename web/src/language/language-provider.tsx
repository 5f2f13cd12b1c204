import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Locale } from '../generated/graphql.js';
import { loadPreference, savePreference } from '../shell/preferences.js';
import { en, type Messages } from './en.js';
import { LanguageContext, languageTags } from './language.js';

/** The language that was set in this browser before, or else the first one of the browser that the web app has. */
export function preferredLocale(): Locale {
  const previous = loadPreference('language');
  if (previous === 'EN' || previous === 'ZH') return previous;
  return (
    navigator.languages.map((tag) => tag.slice(0, 2).toUpperCase()).find((tag) => tag === 'EN' || tag === 'ZH') ?? 'EN'
  );
}

/** Loads the shared texts of a language. English is in the bundle; Chinese is loaded on demand. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  return locale === 'ZH' ? (await import('./zh.js')).zh : en;
}

interface LanguageProviderProps {
  readonly initial: { readonly locale: Locale; readonly messages: Messages };
  readonly children: ReactNode;
}

/** Provides the current language. */
export function LanguageProvider({ initial, children }: LanguageProviderProps) {
  const [current, setCurrent] = useState(initial);
  const { locale, messages } = current;
  const language = languageTags[locale];
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo(
    () => ({
      locale,
      language,
      messages,
      setLocale: (next: Locale) => {
        savePreference('language', next);
        void loadMessages(next).then((loaded) => setCurrent({ locale: next, messages: loaded }));
      },
    }),
    [locale, language, messages],
  );
  return <LanguageContext value={value}>{children}</LanguageContext>;
}
