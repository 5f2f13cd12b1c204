import { secretSettings, settings } from '../src/settings.js';

const start = '<!-- settings -->';
const end = '<!-- /settings -->';

/** The README with the table of settings made anew from `src/settings.ts`, between its markers. */
export function withTables(readme: string): string {
  const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md has no place for the table of settings: ${start} … ${end}`);
  return `${readme.slice(0, from)}${start}\n${settingsTable()}\n${readme.slice(to)}`;
}

function settingsTable(): string {
  const rows = Object.entries(settings).map(([name, setting]) => {
    const names = (secretSettings as readonly string[]).includes(name) ? [name, `${name}_FILE`] : [name];
    return `| ${names.map((each) => `\`${each}\``).join(' or ')} | ${inWords(setting.safeParse(undefined).data as Default)} | ${setting.description?.replaceAll('|', '\\|')} |`;
  });
  return [
    '| Setting | Default | Meaning |', '|---|---|---|', ...rows, '',
    'A setting that holds a secret has a second name that ends in `_FILE`: the path of a file with the value in it.',
  ].join('\n');
}

/** Settings of any other kind have none. */
type Default = string | number | readonly string[] | undefined;

/** A default as somebody would write it; nothing where there is none, or where it depends on another setting. */
function inWords(value: Default): string {
  const text = [value ?? ''].flat().join(',');
  return text === '' ? '' : `\`${text}\``;
}
