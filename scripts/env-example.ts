import { secretSettings, settings } from '../src/config/settings.js';

const FILE = '.env.example';

/** The longest line of a description. */
const COLUMNS = 100;

const HEADER = `# Every setting with its default (docs/settings.md). \`npm run docs\` writes this file.
# Copy it, remove the # before the settings to change, and give the copy to systemd (EnvironmentFile), Docker or
# Compose (env_file), or a shell (set -a; . ./.env). Only you should be able to read it: chmod 600.
# Production requires POSTERN_PUBLIC_URL, POSTERN_ENCRYPTION_KEYS, and either POSTERN_SMTP_URL or POSTERN_MAIL=off.
# A secret can be in a file instead, which its second name with _FILE names. Set one of the two.`;

type Default = string | number | readonly string[] | ReadonlyMap<string, unknown> | undefined;

/** The default as the environment has it; empty if there is none, or if it depends on another setting. */
export function defaultOf(setting: (typeof settings)[keyof typeof settings]): string {
  const value = setting.safeParse(undefined).data as Default;
  return (value instanceof Map ? [...value.keys()] : [value ?? ''].flat()).join(',');
}

/** Breaks a text into comment lines. */
function commentLines(text: string): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

/** A file of all settings as comments, for operators to copy. It sets nothing as it is. */
export function envExampleFile(): { readonly file: string; readonly content: string } {
  const sections = Object.entries(settings).map(([name, setting]) => {
    const names = (secretSettings as readonly string[]).includes(name)
      ? [`#${name}=`, `#${name}_FILE=`]
      : [`#${name}=${defaultOf(setting)}`];
    return [...commentLines((setting.description ?? '').replaceAll('`', '')), ...names].join('\n');
  });
  return { file: FILE, content: `${[HEADER, ...sections].join('\n\n')}\n` };
}
