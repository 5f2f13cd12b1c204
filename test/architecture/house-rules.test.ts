import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '../..');

/** For each file, the rule that it violates and its content. */
const broken: Readonly<Record<string, [rule: string, text: string]>> = {
  'src/guess.ts': ['no-restricted-properties', '/** Guesses. */\nexport const guess = () => Math.random();\n'],
  'test/guess.ts': ['no-restricted-properties', 'export const guess = Math.random();\n'],
  'src/environment.ts': ['no-restricted-properties', 'export const port = process.env;\n'],
  'src/process.ts': ['no-restricted-imports', "import { env } from 'node:process';\nexport const port = env;\n"],
  'src/random.ts': ['no-restricted-globals', 'export const id = crypto.randomUUID();\n'],
  'src/default.ts': ['no-restricted-syntax', 'const thing = 1;\nexport default thing;\n'],
  'src/default-as.ts': ['no-restricted-syntax', 'const thing = 1;\nexport { thing as default };\n'],
  'src/all.ts': ['no-restricted-syntax', "export * from './guess.js';\n"],
  'src/later.ts': ['no-warning-comments', '// TO' + 'DO: later\nexport const thing = 1;\n'],
  'src/say.ts': ['no-console', "console.log('here');\n"],
  'src/types.ts': [
    '@typescript-eslint/consistent-type-imports',
    "import { Stats } from 'node:fs';\nexport type Seen = Stats;\n",
  ],
  'src/float.ts': ['@typescript-eslint/no-floating-promises', 'Promise.resolve(1);\n'],
  'src/any.ts': ['@typescript-eslint/no-explicit-any', 'export const thing: any = 1;\n'],
  'src/long.ts': ['max-lines', 'export const thing = [\n' + '  1,\n'.repeat(150) + '];\n'],
  'src/silent-function.ts': ['postern/docstrings', 'export function silent(): void { /* nothing */ }\n'],
  'src/silent-arrow.ts': ['postern/docstrings', '// Not a docstring.\nexport const silent = () => 1;\n'],
  'src/silent-interface.ts': ['postern/docstrings', 'export interface Silent { readonly thing: string }\n'],
  'src/silent-class.ts': ['postern/docstrings', 'export class Silent {}\n'],
};

/** Files that the rules must accept. */
const fine: Readonly<Record<string, string>> = {
  'src/config/config.ts': 'export const settings = process.env;\n',
  'bin/start.js': "export const production = process.env.NODE_ENV === 'production';\n",
  'test/environment.ts': "export const server = process.env['TEST_DATABASE_URL'];\n",
  'src/documented.ts':
    '/** What it is for. */\nexport function documented(): void { /* nothing */ }\n\n/** One. */\nexport interface One { readonly thing: string }\n\nexport type Two = One;\nexport const three = 3;\n',
  'src/short.ts': '// why\n\n'.repeat(200) + 'export const thing = 1;\n',
};

const schema = {
  wanting: `"""A thing."""\ntype Query {\n  """One."""\n  one: Int\n  """Two."""\n  getTwo: Int\n}\n
type Undescribed {\n  bare: Int\n}\n\n"""Changes."""\ntype Mutation {\n  """Changes."""\n  change(\n    """What."""\n    changes: Int\n  ): Int\n  """Makes."""\n  make: Undescribed!\n}\n`,
  rules: [
    'naming-convention',
    'require-description',
    'input-name',
    'no-scalar-result-type-on-mutation',
    'no-restricted-syntax',
  ],
};

interface Finding {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

const seen = new Map<string, (string | null)[]>();
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'postern-house-'));
  const files = {
    ...fine,
    ...Object.fromEntries(Object.entries(broken).map(([name, [, text]]) => [name, text])),
    'schema.graphql': schema.wanting,
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
  for (const name of ['eslint.config.js', 'tsconfig.json', 'scripts/lint'])
    await cp(join(root, name), join(directory, name), { recursive: true });
  await writeFile(join(directory, 'package.json'), '{"type":"module"}');
  await symlink(join(root, 'node_modules'), join(directory, 'node_modules'));
  const said = await new Promise<string>((done) => {
    execFile(
      process.execPath,
      [join(root, 'node_modules/eslint/bin/eslint.js'), '-f', 'json', 'src', 'test', 'bin', 'schema.graphql'],
      { cwd: directory, maxBuffer: 10_000_000 },
      (_error, stdout, stderr) => done(stdout || stderr),
    );
  });
  for (const { filePath, messages } of JSON.parse(said) as Finding[])
    seen.set(
      filePath.slice(directory.length + 1),
      messages.map(({ ruleId, message }) => ruleId ?? message),
    );
}, 120_000);

afterAll(() => rm(directory, { recursive: true, force: true }));

test.each(Object.entries(broken).map(([file, [rule]]) => [file, rule] as const))(
  'reports that %s violates %s',
  (file, rule) => expect(seen.get(file)).toContain(rule),
);

test.each(Object.keys(fine))('accepts %s', (file) => expect(seen.get(file)).toEqual([]));

test.each(schema.rules)('reports that an incomplete schema violates %s', (rule) =>
  expect(seen.get('schema.graphql')).toContainEqual(expect.stringMatching(new RegExp(`(^|/)${rule}$`))),
);
