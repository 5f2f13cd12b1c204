import { Kind, type FieldNode, type FragmentDefinitionNode, type SelectionSetNode, type ValueNode } from 'graphql';
import { DEFAULT_PAGE_SIZE, MAXIMUM_PAGE_SIZE } from '../../graphql-kit/relay/page.js';

/** The cost of a field per entry of its page. */
const ENTRY_WEIGHT = 0.1;

/** A series, which has an `interval`, has up to 400 points, and each takes half of what an entry takes. */
const SERIES_WEIGHT = (400 * ENTRY_WEIGHT) / 2;

/**
 * Creates a function that returns the factor by which the fields below a field cost more: a tenth of the page size for
 * a connection, of the number of representations for `_entities` or of the points of a series, otherwise 1. It computes
 * each field once, however often a fragment repeats it.
 */
export function createPageWeights(
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>>,
): (field: FieldNode) => number {
  const hasEdges = createEdgesFinder(fragments);
  const weights = new Map<FieldNode, number>();

  const computeWeight = ({ arguments: fieldArguments = [], selectionSet }: FieldNode): number => {
    const representations = fieldArguments.find(({ name }) => name.value === 'representations')?.value;
    if (representations) return Math.max(1, countEntries(representations, variables) * ENTRY_WEIGHT);
    if (fieldArguments.some(({ name }) => name.value === 'interval')) return SERIES_WEIGHT;
    const size = fieldArguments.find(({ name }) => name.value === 'first' || name.value === 'last')?.value;
    if (size === undefined && !hasEdges(selectionSet)) return 1;
    const entries =
      size === undefined || size.kind === Kind.NULL
        ? DEFAULT_PAGE_SIZE
        : size.kind === Kind.VARIABLE
          ? (variables[size.name.value] ?? DEFAULT_PAGE_SIZE)
          : size.kind === Kind.INT
            ? Number(size.value)
            : MAXIMUM_PAGE_SIZE;
    return Math.max(1, Math.min(Number(entries) || MAXIMUM_PAGE_SIZE, MAXIMUM_PAGE_SIZE) * ENTRY_WEIGHT);
  };

  return (field) => {
    const weight = weights.get(field) ?? computeWeight(field);
    weights.set(field, weight);
    return weight;
  };
}

/** The number of entries of a list, given as a literal or in a variable. */
function countEntries(list: ValueNode, variables: Readonly<Record<string, unknown>>): number {
  if (list.kind === Kind.LIST) return list.values.length;
  const value = list.kind === Kind.VARIABLE ? variables[list.name.value] : null;
  return Array.isArray(value) ? value.length : 1;
}

/**
 * Creates a function that returns whether a selection set selects `edges`, directly or in fragments. It visits each set
 * once. The result can be false for fragments that use themselves, which are invalid.
 */
function createEdgesFinder(
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): (set: SelectionSetNode | undefined) => boolean {
  const found = new Map<SelectionSetNode, boolean>();
  const hasEdges = (set: SelectionSetNode | undefined): boolean => {
    if (!set) return false;
    const cached = found.get(set);
    if (cached !== undefined) return cached;
    found.set(set, false);
    const result = set.selections.some((node) => {
      if (node.kind === Kind.FIELD) return node.name.value === 'edges';
      return hasEdges(
        node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragments.get(node.name.value)?.selectionSet,
      );
    });
    found.set(set, result);
    return result;
  };
  return hasEdges;
}
