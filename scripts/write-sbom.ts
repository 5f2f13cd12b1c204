// Writes the bill of materials (CycloneDX) and the licenses of what is shipped to dist/, and fails when a license is
// not allowed. Needs the web app: npm run build.
import { existsSync, writeFileSync } from 'node:fs';
import { formatLicenses, isAllowed, licenseOf } from './supply-chain/licenses.js';
import { listShippedComponents } from './supply-chain/shipped-components.js';

const webLicenses = 'dist/web/.vite/license.json';

if (existsSync(webLicenses)) {
  const sbom = listShippedComponents(webLicenses);
  const { components } = sbom;
  writeFileSync('dist/sbom.cdx.json', `${JSON.stringify(sbom, null, 2)}\n`);
  writeFileSync('dist/third-party-licenses.txt', formatLicenses(components));
  const refused = components.filter((component) => !isAllowed(component));
  for (const component of refused)
    process.stdout.write(
      `${component.name} ${component.version}: the license ${licenseOf(component) ?? '(none)'} is not allowed\n`,
    );
  process.stdout.write(`${components.length} components, ${refused.length} with a license that is not allowed\n`);
  if (refused.length > 0) process.exitCode = 1;
} else {
  process.stdout.write('The web app is not built. Run npm run build first.\n');
  process.exitCode = 1;
}
