// Prints the license of each package in a CycloneDX file: `node scripts/container/licenses.ts FILE`.
import { readFileSync } from 'node:fs';

interface Component {
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly { readonly license?: { readonly id?: string }; readonly expression?: string }[];
}

const [file = ''] = process.argv.slice(2);
const { components } = JSON.parse(readFileSync(file, 'utf8')) as { components: readonly Component[] };
const lines = components.map(({ name, version, licenses = [] }) => {
  const names = licenses.map(({ license, expression }) => expression ?? license?.id ?? 'unknown');
  return `${name} ${version}: ${names.join(', ') || 'unknown'}\n`;
});
process.stdout.write(lines.toSorted().join(''));
