/** The preferences that this browser stores: the appearance of the web app, but no data about the user. */
export type Preference = 'language' | 'theme';

const getStorageKey = (name: Preference) => `postern.${name}`;

/** Loads a preference; null if it isn't set or storage is blocked. */
export function loadPreference(name: Preference): string | null {
  try {
    return localStorage.getItem(getStorageKey(name));
  } catch {
    return null;
  }
}

/** Saves a preference, if storage is available. */
export function savePreference(name: Preference, value: string): void {
  try {
    localStorage.setItem(getStorageKey(name), value);
  } catch {
    // Storage is blocked, so the value applies until the tab is closed.
  }
}

/** Light, dark, or the setting of the operating system. */
export type Theme = 'system' | 'light' | 'dark';

/** Loads the theme. */
export function loadTheme(): Theme {
  const theme = loadPreference('theme');
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** Applies a theme to the document. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}
