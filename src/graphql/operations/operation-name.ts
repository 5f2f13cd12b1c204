import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { getFragments } from '../limits/measure-operation.js';
import { knownOperations } from './known-operations.js';

/** The name of an operation that is not known, or that has several root fields. */
const OTHER = 'other';

const known: ReadonlySet<string> = new Set(knownOperations);

/** Apollo caches valid documents, so a repeated document is the same object. */
const names = new WeakMap<OperationDefinitionNode, string>();

/**
 * The name of an operation for logs and metrics: its own, if the web app or the client has an operation of this name;
 * otherwise its root field, or `other` if it has several. So the names are bounded, and none is a client's.
 *
 * @param document a valid one, so that every root field is one of the schema
 */
export function nameOperation(operation: OperationDefinitionNode, document: DocumentNode): string {
  const cached = names.get(operation);
  if (cached !== undefined) return cached;
  const own = operation.name?.value ?? '';
  const name = known.has(own) ? own : nameByRootField(operation.selectionSet, document);
  names.set(operation, name);
  return name;
}

function nameByRootField(selectionSet: SelectionSetNode, document: DocumentNode): string {
  const fields = new Set<string>();
  collectRootFields(selectionSet, getFragments(document), fields);
  const [first = OTHER] = fields;
  return fields.size > 1 ? OTHER : first;
}

function collectRootFields(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  fields: Set<string>,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      fields.add(selection.name.value);
      continue;
    }
    const set = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (set) collectRootFields(set.selectionSet, fragments, fields);
  }
}
