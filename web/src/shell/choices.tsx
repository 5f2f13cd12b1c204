import { useState } from 'react';
import { useSetLocale } from './use-set-locale.js';
import { languageNames, useLanguage } from '../language/language.js';
import { remember, rememberedTheme, showTheme, type Theme } from './preferences.js';

const themes = ['system', 'light', 'dark'] as const satisfies readonly Theme[];

/** Chooses the language of the page, and of mails for who is signed in. */
export function LanguageChoice({ id }: { readonly id?: string }) {
  const { locale, words } = useLanguage();
  const choose = useSetLocale();
  return (
    <select
      id={id}
      aria-label={words.language.label}
      value={locale}
      onChange={(event) => choose(event.currentTarget.value === 'ZH' ? 'ZH' : 'EN')}
    >
      {Object.entries(languageNames).map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** Chooses between light and dark. */
export function ThemeChoice() {
  const {
    words: { appearance },
  } = useLanguage();
  const [theme, setTheme] = useState(rememberedTheme);
  const choose = (chosen: Theme) => {
    setTheme(chosen);
    showTheme(chosen);
    remember('theme', chosen);
  };
  return (
    <select
      aria-label={appearance.label}
      value={theme}
      onChange={(event) => choose(themes.find((one) => one === event.currentTarget.value) ?? 'system')}
    >
      {themes.map((one) => (
        <option key={one} value={one}>
          {appearance[one]}
        </option>
      ))}
    </select>
  );
}
