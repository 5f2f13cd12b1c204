import { readFileSync } from 'node:fs';
import { getDirective } from '@graphql-tools/utils';
import { buildSchema, isObjectType, type GraphQLEnumType } from 'graphql';
import { secretSettings, settings } from '../src/config/settings.js';
import { defaultOf, envExampleFile } from './env-example.js';
import { topLevelErrorsTable, userErrorsTable } from './errors-document.js';
import { metricsTable } from './metrics-table.js';
import { knownOperationsFile } from './known-operations.js';

/** A table that is generated into a document, between `<!-- name -->` and `<!-- /name -->`. */
interface Table {
  readonly file: string;
  readonly name: string;
  readonly render: () => string;
}

const tables: readonly Table[] = [
  { file: 'docs/settings.md', name: 'settings', render: settingsTable },
  { file: 'docs/operations.md', name: 'metrics', render: metricsTable },
  { file: 'docs/permissions.md', name: 'fields', render: fieldsTable },
  { file: 'docs/permissions.md', name: 'scopes', render: scopesTable },
  { file: 'docs/errors.md', name: 'top-level', render: topLevelErrorsTable },
  { file: 'docs/errors.md', name: 'user-errors', render: userErrorsTable },
];

/** Every document with its generated tables up to date, the list of known operations, and `.env.example`. */
export const generatedDocs = (): { readonly file: string; readonly content: string }[] => [
  ...[...Map.groupBy(tables, ({ file }) => file)].map(([file, itsTables]) => ({
    file,
    content: itsTables.reduce(withTable, readFileSync(file, 'utf8')),
  })),
  knownOperationsFile(),
  envExampleFile(),
];

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

/** What each scope of a token reaches, with the fields for the owner's account and for all accounts (R-119). */
function scopesTable(): string {
  const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({
        name: `\`${type.name}.${field.name}\``,
        rule: getDirective(schema, field, 'auth')?.[0] ?? {},
      })),
    );
  const scopes = (schema.getType('TokenScope') as GraphQLEnumType).getValues();
  const rows = scopes.map(({ name, description }) => {
    const reached = fields.filter(({ rule }) => rule['scope'] === name || rule['adminScope'] === name);
    return `| \`${name}\` | ${description} | ${reached.map((field) => field.name).join(', ')} |`;
  });
  return ['| Scope | A token with it can | Fields |', '|---|---|---|', ...rows].join('\n');
}

function settingsTable(): string {
  const rows = Object.entries(settings).map(([name, setting]) => {
    const names = (secretSettings as readonly string[]).includes(name) ? [name, `${name}_FILE`] : [name];
    const preset = defaultOf(setting);
    return `| ${names.map((each) => `\`${each}\``).join(' or ')} | ${preset && `\`${preset}\``} | ${setting.description?.replaceAll('|', '\\|')} |`;
  });
  return ['| Setting | Default | Meaning |', '|---|---|---|', ...rows].join('\n');
}
