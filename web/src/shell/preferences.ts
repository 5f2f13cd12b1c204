/** What this browser remembers between visits: how the page looks, and nothing about anybody. */
export type Preference = 'language' | 'theme';

const keyOf = (name: Preference) => `postern.${name}`;

/** What was chosen before; null where nothing was, or where the browser keeps nothing. */
export function remembered(name: Preference): string | null {
  try {
    return localStorage.getItem(keyOf(name));
  } catch {
    return null;
  }
}

/** Remembers a choice, where the browser does. */
export function remember(name: Preference, value: string): void {
  try {
    localStorage.setItem(keyOf(name), value);
  } catch {
    // The choice holds until the page is closed.
  }
}

/** Light, dark, or as the system has it. */
export type Theme = 'system' | 'light' | 'dark';

/** The theme that was chosen before. */
export function rememberedTheme(): Theme {
  const theme = remembered('theme');
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** Shows the page in a theme. */
export function showTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}
