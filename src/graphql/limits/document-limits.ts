import { Kind, OperationTypeNode, type DocumentNode, type FragmentDefinitionNode } from 'graphql';
import {
  MAXIMUM_SELECTIONS,
  emptySize,
  getFragments,
  measureOperation,
  type OperationSize,
} from './measure-operation.js';

/** Limits of a document (the table of numbers in the security requirements). */
const MAXIMUM_DOCUMENT_CHARACTERS = 8_192;
const MAXIMUM_FRAGMENTS = 10;

/** Limits of each operation of a document. */
export const operationLimits: Readonly<
  Record<Exclude<keyof OperationSize, 'selections'>, { readonly maximum: number; readonly message: string }>
> = {
  depth: { maximum: 7, message: 'An operation can be at most 7 levels deep.' },
  introspectionDepth: { maximum: 20, message: 'Introspection can be at most 20 levels deep.' },
  schemaReads: { maximum: 1, message: 'An operation can read __schema once.' },
  introspectionAliases: { maximum: 0, message: 'Fields of introspection can have no aliases.' },
  introspectionLists: { maximum: 1, message: 'Introspection can list the fields or types of a type, but not theirs.' },
  cost: {
    maximum: 1_000,
    message: 'An operation can cost at most 1000. Each field costs 1; on a page, it costs a tenth of the page size.',
  },
  aliases: { maximum: 15, message: 'An operation can have at most 15 aliases.' },
  rootFields: { maximum: 10, message: 'An operation can have at most 10 root fields.' },
  directives: { maximum: 10, message: 'An operation can have at most 10 directives.' },
  sensitiveMutations: {
    maximum: 1,
    message: 'An operation can have only one mutation that verifies or issues a credential.',
  },
  // graphql-js compares each field with every earlier one of its name, so its time is the square of this.
  repetitions: { maximum: 200, message: 'An operation can repeat fields at most 200 times.' },
};

/**
 * Finds the limit that a document exceeds, or that it batches guesses. The document doesn't need to
 * be valid. @returns its message, or undefined
 */
export function findExceededLimit(document: DocumentNode): string | undefined {
  const fragments = getFragments(document);
  if ((document.loc?.source.body.length ?? 0) > MAXIMUM_DOCUMENT_CHARACTERS)
    return `A document can have at most ${MAXIMUM_DOCUMENT_CHARACTERS} characters.`;
  if (document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).length > MAXIMUM_FRAGMENTS)
    return `A document can have at most ${MAXIMUM_FRAGMENTS} fragments.`;
  const sizes = measureDefinitions(document, fragments);
  if (sizes === null) return 'The document is too large.';
  const [exceeded] = Object.entries(operationLimits).filter(([name, { maximum }]) =>
    sizes.some((size) => size[name as keyof OperationSize] > maximum),
  );
  return exceeded?.[1].message;
}

/**
 * Measures the operations of a document, and then the fragments that none of them uses, because validation visits them,
 * too. @returns null if they have too many selections
 */
function measureDefinitions(
  { definitions }: DocumentNode,
  fragments: ReturnType<typeof getFragments>,
): readonly OperationSize[] | null {
  const expanded = new Set<FragmentDefinitionNode>();
  const sizes: OperationSize[] = [];
  let selectionsLeft = MAXIMUM_SELECTIONS;
  const measure = (measured: Parameters<typeof measureOperation>[0]): OperationSize => {
    const size = selectionsLeft > 0 ? measureOperation(measured, fragments, {}, expanded) : emptySize;
    selectionsLeft -= size.selections;
    return size;
  };
  for (const node of definitions) if (node.kind === Kind.OPERATION_DEFINITION) sizes.push(measure(node));
  for (const node of definitions) {
    if (node.kind !== Kind.FRAGMENT_DEFINITION || expanded.has(node)) continue;
    const { repetitions } = measure({ operation: OperationTypeNode.QUERY, selectionSet: node.selectionSet });
    sizes.push({ ...emptySize, repetitions });
  }
  return selectionsLeft > 0 ? sizes : null;
}
