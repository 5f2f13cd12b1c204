/** What this browser remembers between visits: only how the web app looks, nothing about the user. */
export type Preference = 'language' | 'theme';

const getStorageKey = (name: Preference) => `postern.${name}`;

/** The remembered value; null if there is none or storage is blocked. */
export function loadPreference(name: Preference): string | null {
  try {
    return localStorage.getItem(getStorageKey(name));
  } catch {
    return null;
  }
}

/** Remembers a value, if storage is available. */
export function savePreference(name: Preference, value: string): void {
  try {
    localStorage.setItem(getStorageKey(name), value);
  } catch {
    // Storage is blocked: the value lasts until the tab is closed.
  }
}

/** Light, dark, or the setting of the operating system. */
export type Theme = 'system' | 'light' | 'dark';

/** The theme that was set before. */
export function loadTheme(): Theme {
  const theme = loadPreference('theme');
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** Applies a theme to the document. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}
