import { useState } from 'react';
import { languageNames, useLanguage } from '../language/language.js';
import { applyTheme, savePreference, loadTheme, type Theme } from './preferences.js';
import { useSetLocale } from './use-set-locale.js';

const themes = ['system', 'light', 'dark'] as const satisfies readonly Theme[];

/** Selects the language of the web app and, for a signed-in user, of emails. */
export function LanguageSelect({ id }: { readonly id?: string }) {
  const { locale, messages } = useLanguage();
  const setLocale = useSetLocale();
  return (
    <select
      id={id}
      aria-label={messages.language.label}
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
    messages: { appearance },
  } = useLanguage();
  const [theme, setTheme] = useState(loadTheme);
  const select = (selected: Theme) => {
    setTheme(selected);
    applyTheme(selected);
    savePreference('theme', selected);
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
