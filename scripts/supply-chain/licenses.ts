import { globSync, readFileSync } from 'node:fs';
import spdxSatisfies from 'spdx-satisfies';
import type { Component } from './shipped-components.js';

/** The SPDX identifiers of licenses that anyone may ship with an MIT program: permissive, without a duty to publish. */
const ALLOWED = [
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  // the font
  'OFL-1.1',
];

/** The SPDX expression of a component's license; null if it has none or names it in other words. */
export function licenseOf({ licenses = [] }: Component): string | null {
  const expressions = licenses.map((entry) => ('expression' in entry ? entry.expression : (entry.license.id ?? '')));
  return expressions.length === 0 || expressions.includes('') ? null : expressions.join(' AND ');
}

/** Whether a component may be shipped. */
export function isAllowed(component: Component): boolean {
  const license = licenseOf(component);
  return license !== null && spdxSatisfies(license, ALLOWED);
}

/** The licenses of components with their texts, which most of them require to be shipped. */
export const formatLicenses = (components: readonly Component[]): string =>
  [...components]
    .sort((one, other) => one.name.localeCompare(other.name))
    .map((component) => {
      const { name, version } = component;
      return `${name} ${version}\nLicense: ${licenseOf(component) ?? 'unknown'}\n\n${readText(name)}`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);

function readText(name: string): string {
  const [file] = globSync(`node_modules/${name}/{LICENSE,LICENCE,License,license,COPYING}*`);
  return file ? `${readFileSync(file, 'utf8').trim()}\n` : '';
}
