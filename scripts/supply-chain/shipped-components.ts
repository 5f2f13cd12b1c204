import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A component of a CycloneDX document, as npm writes it. */
export interface Component {
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly (
    { readonly license: { readonly id?: string; readonly name?: string } } | { readonly expression: string }
  )[];
}

/** A CycloneDX document. */
export interface BillOfMaterials {
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string }[];
}

/** A library in the web app, as Vite lists it. */
interface BundledLibrary {
  readonly name: string;
  readonly version: string;
}

/** Imported by the style sheet, so Vite doesn't list it. */
const FONT = '@fontsource-variable/hanken-grotesk';

/** How much npm may print. */
const MAXIMUM_BYTES = 64 * 2 ** 20;

const listComponents = (...options: string[]): BillOfMaterials =>
  JSON.parse(
    execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', ...options], {
      encoding: 'utf8',
      maxBuffer: MAXIMUM_BYTES,
    }),
  ) as BillOfMaterials;

/**
 * The bill of materials of what is shipped: the libraries that a production installation has, and those in the web
 * app, which are installed only to build it.
 *
 * @param webLicenses the list that Vite wrote with the web app
 */
export function listShippedComponents(webLicenses: string): BillOfMaterials {
  const bundled = JSON.parse(readFileSync(webLicenses, 'utf8')) as BundledLibrary[];
  const inWeb = new Set(bundled.map(({ name, version }) => `${name}@${version}`));
  const production = listComponents('--omit', 'dev');
  const shipped = new Set(production.components.map(({ name, version }) => `${name}@${version}`));
  const added = listComponents().components.filter(({ name, version }) => {
    const id = `${name}@${version}`;
    return (inWeb.has(id) || name === FONT) && !shipped.has(id);
  });
  return { ...production, components: [...production.components, ...added] };
}
