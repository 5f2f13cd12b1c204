import { readFileSync } from 'node:fs';
import { getDirective } from '@graphql-tools/utils';
import { buildSchema, isObjectType } from 'graphql';
import { secretSettings, settings } from '../src/config/settings.js';

/**
 * The README with its tables regenerated between their markers: settings from `src/config/settings.ts`, permissions
 * from `schema.graphql`.
 */
export const withTables = (readme: string): string =>
  withTable(withTable(readme, 'settings', settingsTable()), 'fields', fieldsTable());

function withTable(readme: string, name: string, table: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md has no place for the table of ${name}: ${start} … ${end}`);
  return `${readme.slice(0, from)}${start}\n${table}\n${readme.slice(to)}`;
}

/** Every root field, and every guarded field of an object. */
function fieldsTable(): string {
  const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
  const { args = [] } = schema.getDirective('auth') ?? {};
  const defaults = Object.fromEntries(args.map(({ name, defaultValue }) => [name, defaultValue]));
  const roots = [schema.getQueryType(), schema.getMutationType()];
  const rows = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => {
        const [given] = getDirective(schema, field, 'auth') ?? [];
        const name = `\`${type.name}.${field.name}\``;
        if (!given) return roots.includes(type) ? [`| ${name} | anybody | | | |`] : [];
        const { requires, accepts, orSelf, stepUp } = { ...defaults, ...given } as {
          requires: string;
          accepts: string[];
          orSelf: boolean;
          stepUp: boolean;
        };
        return [`| ${name} | ${requires} | ${accepts.join(', ')} | ${orSelf ? 'yes' : ''} | ${stepUp ? 'yes' : ''} |`];
      }),
    );
  return [
    '| Field | Least role | Credentials | One’s own whatever the role | Step-up |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    'SERVICE means exactly that role. An API token reaches its owner’s account and nobody else’s.',
  ].join('\n');
}

function settingsTable(): string {
  const rows = Object.entries(settings).map(([name, setting]) => {
    const names = (secretSettings as readonly string[]).includes(name) ? [name, `${name}_FILE`] : [name];
    return `| ${names.map((each) => `\`${each}\``).join(' or ')} | ${inWords(setting.safeParse(undefined).data as Default)} | ${setting.description?.replaceAll('|', '\\|')} |`;
  });
  return [
    '| Setting | Default | Meaning |',
    '|---|---|---|',
    ...rows,
    '',
    'A setting that holds a secret has a second name that ends in `_FILE`: the path of a file with the value in it.',
  ].join('\n');
}

/** The types of defaults; other settings have none. */
type Default = string | number | readonly string[] | undefined;

/** A default as a user would write it; empty when there is none or when it depends on another setting. */
function inWords(value: Default): string {
  const text = [value ?? ''].flat().join(',');
  return text === '' ? '' : `\`${text}\``;
}
