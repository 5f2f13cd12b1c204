import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createScriptTransformer } from '@jest/transform';

const SOURCE = /\.ts$/;
const GLOBALS = new URL('globals.js', import.meta.url).href;

/** The file of the source map for each module transformed in this process. */
export const sourceMaps = new Map();

/**
 * Lets this process import TypeScript, transformed as configured, and `@jest/globals`. Modules are loaded once and
 * stay.
 */
export async function loadTypeScript(config) {
  const transformer = await createScriptTransformer(config);
  const options = {
    supportsDynamicImport: true,
    supportsExportNamespaceFrom: true,
    supportsStaticESM: true,
    supportsTopLevelAwait: true,
  };
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === '@jest/globals') return { url: GLOBALS, format: 'module', shortCircuit: true };
      if (specifier.startsWith('.') && SOURCE.test(context.parentURL)) {
        const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
        if (existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
      }
      return next(specifier, context);
    },
    load(url, context, next) {
      if (!url.startsWith('file:') || !SOURCE.test(url)) return next(url, context);
      const { code, sourceMapPath } = transformer.transform(fileURLToPath(url), options);
      sourceMaps.set(url, sourceMapPath).set(fileURLToPath(url), sourceMapPath);
      return { format: 'module', source: code, shortCircuit: true };
    },
  });
}
