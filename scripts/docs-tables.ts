import { readFileSync } from 'node:fs';
import { getDirective } from '@graphql-tools/utils';
import { buildSchema, isObjectType } from 'graphql';
import { secretSettings, settings } from '../src/config/settings.js';
import { topLevelErrorsTable, userErrorsTable } from './errors-document.js';

/** A table that is generated into a document, between `<!-- name -->` and `<!-- /name -->`. */
interface Table {
  readonly file: string;
  readonly name: string;
  readonly render: () => string;
}

const tables: readonly Table[] = [
  { file: 'docs/settings.md', name: 'settings', render: settingsTable },
  { file: 'docs/permissions.md', name: 'fields', render: fieldsTable },
  { file: 'docs/errors.md', name: 'top-level', render: topLevelErrorsTable },
  { file: 'docs/errors.md', name: 'user-errors', render: userErrorsTable },
];

/** Every document that has a generated table, with its table up to date. */
export const generatedDocs = (): { readonly file: string; readonly content: string }[] =>
  [...Map.groupBy(tables, ({ file }) => file)].map(([file, itsTables]) => ({
    file,
    content: itsTables.reduce(withTable, readFileSync(file, 'utf8')),
  }));

function withTable(document: string, { file, name, render }: Table): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no ${start} … ${end}`);
  return `${document.slice(0, from)}${start}\n${render()}\n${document.slice(to)}`;
}

/** Every root field, and every field of an object that has its own `@auth`. */
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
        if (!given) return roots.includes(type) ? [`| ${name} | public | | | |`] : [];
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
    '| Field | Minimum role | Credentials | Own account, any role | Step-up |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function settingsTable(): string {
  const rows = Object.entries(settings).map(([name, setting]) => {
    const names = (secretSettings as readonly string[]).includes(name) ? [name, `${name}_FILE`] : [name];
    const preset = asCode(setting.safeParse(undefined).data as Default);
    return `| ${names.map((each) => `\`${each}\``).join(' or ')} | ${preset} | ${setting.description?.replaceAll('|', '\\|')} |`;
  });
  return ['| Setting | Default | Meaning |', '|---|---|---|', ...rows].join('\n');
}

type Default = string | number | readonly string[] | undefined;

/** Empty where there is no default, or where it depends on another setting. */
function asCode(value: Default): string {
  const text = [value ?? ''].flat().join(',');
  return text === '' ? '' : `\`${text}\``;
}
