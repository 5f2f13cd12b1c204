import { useState } from 'react';
import { languageNames, useLanguage } from '../language/language.js';
import { applyTheme, remember, rememberedTheme, type Theme } from './preferences.js';
import { useSetLocale } from './use-set-locale.js';

const themes = ['system', 'light', 'dark'] as const satisfies readonly Theme[];

/** Selects the language of the web app and, for a signed-in user, of emails. */
export function LanguageSelect({ id }: { readonly id?: string }) {
  const { locale, words } = useLanguage();
  const setLocale = useSetLocale();
  return (
    <select
      id={id}
      aria-label={words.language.label}
      value={locale}
      onChange={(event) => setLocale(event.currentTarget.value === 'ZH' ? 'ZH' : 'EN')}
    >
      {Object.entries(languageNames).map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** Selects the theme. */
export function ThemeSelect() {
  const {
    words: { appearance },
  } = useLanguage();
  const [theme, setTheme] = useState(rememberedTheme);
  const select = (selected: Theme) => {
    setTheme(selected);
    applyTheme(selected);
    remember('theme', selected);
  };
  return (
    <select
      aria-label={appearance.label}
      value={theme}
      onChange={(event) => select(themes.find((one) => one === event.currentTarget.value) ?? 'system')}
    >
      {themes.map((one) => (
        <option key={one} value={one}>
          {appearance[one]}
        </option>
      ))}
    </select>
  );
}
