import {
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { DEFAULT_PAGE_SIZE, MAXIMUM_PAGE_SIZE } from '../../graphql-kit/relay/page.js';
import { isSensitive } from '../auth/sensitive-mutations.js';

/** Number of selections to visit before an operation is rejected as too large. */
export const MAXIMUM_SELECTIONS = 2_000;

/** The size of an operation, with its fragments expanded at each use. */
export interface OperationSize {
  /** Number of levels of fields, without introspection. */
  depth: number;
  /** Number of levels of fields below `__schema` and `__type`. */
  introspectionDepth: number;
  /** Number of fields, without introspection. A field in a page counts a tenth of the page size. */
  cost: number;
  aliases: number;
  rootFields: number;
  directives: number;
  sensitiveMutations: number;
  selections: number;
}

/** The fragments of a document by name. */
export const getFragments = (document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(
    document.definitions
      .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );

interface SelectionContext {
  readonly depth: number;
  readonly introspection: boolean;
  /** The cost of each field. */
  readonly weight: number;
  /** The fragments that are being expanded. They are not expanded again, since that would never end. */
  readonly expanding: readonly string[];
}

/**
 * Measures an operation. Only fields below a root field `__schema` or `__type` count as introspection. Fields
 * with `@skip` or `@include` count as well.
 */
export function measureOperation(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>> = {},
): OperationSize {
  const size: OperationSize = {
    depth: 0,
    introspectionDepth: 0,
    cost: 0,
    aliases: 0,
    rootFields: 0,
    directives: operation.directives?.length ?? 0,
    sensitiveMutations: 0,
    selections: 0,
  };
  const variableValues = { ...getIntegerDefaults(operation), ...variables };
  const isMutation = operation.operation === OperationTypeNode.MUTATION;

  const visitSet = (set: SelectionSetNode | undefined, selectionContext: SelectionContext): void => {
    for (const node of set?.selections ?? []) {
      if (size.selections >= MAXIMUM_SELECTIONS) return;
      size.selections += 1;
      size.directives += node.directives?.length ?? 0;
      visit(node, selectionContext);
    }
  };

  const visit = (node: SelectionNode, { depth, introspection, weight, expanding }: SelectionContext): void => {
    if (node.kind === Kind.INLINE_FRAGMENT)
      return visitSet(node.selectionSet, { depth, introspection, weight, expanding });
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const name = node.name.value;
      return expanding.includes(name)
        ? undefined
        : visitSet(fragments.get(name)?.selectionSet, {
            depth,
            introspection,
            weight,
            expanding: [...expanding, name],
          });
    }
    const name = node.name.value;
    const isRoot = depth === 1;
    const introspects = introspection || (isRoot && (name === '__schema' || name === '__type'));
    if (introspects) size.introspectionDepth = Math.max(size.introspectionDepth, depth);
    else size.depth = Math.max(size.depth, depth);
    if (!introspects) size.cost += weight;
    if (node.alias) size.aliases += 1;
    if (isRoot) size.rootFields += 1;
    if (isRoot && isMutation && isSensitive(name)) size.sensitiveMutations += 1;
    return visitSet(node.selectionSet, {
      depth: depth + 1,
      introspection: introspects,
      weight: weight * pageWeight(node, fragments, variableValues),
      expanding,
    });
  };

  visitSet(operation.selectionSet, { depth: 1, introspection: false, weight: 1, expanding: [] });
  return { ...size, cost: Math.ceil(size.cost) };
}

/** The cost of a field per entry of its page. */
const ENTRY_WEIGHT = 0.1;

/** The factor by which the fields below a field cost more: a tenth of the page size for a connection, otherwise 1. */
function pageWeight(
  { arguments: fieldArguments = [], selectionSet }: FieldNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>>,
): number {
  const size = fieldArguments.find(({ name }) => name.value === 'first' || name.value === 'last')?.value;
  const hasPages = size !== undefined || hasEdges(selectionSet, fragments, new Set());
  if (!hasPages) return 1;
  const entries =
    size === undefined || size.kind === Kind.NULL
      ? DEFAULT_PAGE_SIZE
      : size.kind === Kind.VARIABLE
        ? (variables[size.name.value] ?? DEFAULT_PAGE_SIZE)
        : size.kind === Kind.INT
          ? Number(size.value)
          : MAXIMUM_PAGE_SIZE;
  return Math.max(1, Math.min(Number(entries) || MAXIMUM_PAGE_SIZE, MAXIMUM_PAGE_SIZE) * ENTRY_WEIGHT);
}

/** Whether a field selects `edges`, directly or in fragments. Visits each fragment only once. */
function hasEdges(
  set: SelectionSetNode | undefined,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  visited: Set<string>,
): boolean {
  return (
    set?.selections.some((node) => {
      if (node.kind === Kind.FIELD) return node.name.value === 'edges';
      if (node.kind === Kind.INLINE_FRAGMENT) return hasEdges(node.selectionSet, fragments, visited);
      const name = node.name.value;
      if (visited.has(name)) return false;
      visited.add(name);
      return hasEdges(fragments.get(name)?.selectionSet, fragments, visited);
    }) ?? false
  );
}

/** The default values of an operation's integer variables, which can be page sizes. */
const getIntegerDefaults = ({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
    ),
  );
