import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');
const FILE = join(root, 'test/deploy/objects-of-the-manifests.ts');

/** An object of a manifest. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** A module that declares each object with its type of the Kubernetes API. */
function moduleOf(objects: readonly ManifestObject[]): string {
  const lines = objects.map((object, index) => {
    const { apiVersion, kind } = object;
    return `import type { I${kind} as T${index} } from 'kubernetes-models/${apiVersion}/${kind}';
const o${index}: T${index} = ${JSON.stringify(object)};
void o${index};`;
  });
  return lines.join('\n');
}

/**
 * Compares objects with the types of the Kubernetes API. Their JSON schemas allow fields that don't exist; TypeScript
 * rejects such fields in a literal.
 *
 * @returns the faults, in the words of the compiler
 */
export function findTypeFaults(objects: readonly ManifestObject[]): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const [read, exists] = [host.getSourceFile.bind(host), host.fileExists.bind(host)];
  const source = ts.createSourceFile(FILE, moduleOf(objects), ts.ScriptTarget.ESNext);
  host.getSourceFile = (name, ...rest) => (name === FILE ? source : read(name, ...rest));
  host.fileExists = (name) => name === FILE || exists(name);
  const program = ts.createProgram([FILE], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
