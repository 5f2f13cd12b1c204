import { settings } from '../../src/config/settings.js';

/**
 * The environment variables of settings, which tests name without the prefix: `MAIL` is `POSTERN_MAIL`. Other names,
 * such as `PORT` and `PATH`, stay.
 */
export const settingVariables = (named: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(named).map(([name, value]) => [withPrefix(name), value]));

const withPrefix = (name: string): string =>
  `POSTERN_${name.replace(/_FILE$/, '')}` in settings || `POSTERN_${name}` in settings ? `POSTERN_${name}` : name;
