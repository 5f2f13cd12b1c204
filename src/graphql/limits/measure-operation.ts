import {
  Kind,
  OperationTypeNode,
  type ConstValueNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { isSensitive } from '../auth/sensitive-mutations.js';
import { createPageWeights } from './page-weight.js';

/** Number of selections to visit before a document is rejected as too large. */
export const MAXIMUM_SELECTIONS = 2_000;

/** The size of an operation, with its fragments expanded at each use. */
export interface OperationSize {
  /** Number of levels of fields, without introspection. */
  depth: number;
  /** Number of levels of fields below `__schema`, `__type` and `_service`. */
  introspectionDepth: number;
  /** Number of root fields `__schema` and `_service`; each can return the whole schema. */
  schemaReads: number;
  /** Number of aliases below `__schema` and `__type`, which would multiply the largest lists. */
  introspectionAliases: number;
  /** Number of levels of lists of fields and types below a type. */
  introspectionLists: number;
  /** Number of fields, without introspection. A field in a page counts a tenth of the page size. */
  cost: number;
  aliases: number;
  rootFields: number;
  directives: number;
  sensitiveMutations: number;
  /** Number of fields that are at a path of the response where another field was before. */
  repetitions: number;
  selections: number;
}

/** The fragments of a document by name. */
export const getFragments = (document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(
    document.definitions
      .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );

/** The paths of the response below a path, by response name. */
type ResponsePaths = Map<string, ResponsePaths>;

/** The root fields that show the schema; `_service` is that of Federation. */
const introspectionRoots: ReadonlySet<string> = new Set(['__schema', '__type', '_service']);

/** The fields of introspection that lead from a type to lists of others. */
const introspectionLists: ReadonlySet<string> = new Set(['fields', 'inputFields', 'interfaces', 'possibleTypes']);

interface SelectionContext {
  readonly depth: number;
  readonly introspection: boolean;
  /** The number of lists of introspection above. */
  readonly lists: number;
  /** The cost of each field. */
  readonly weight: number;
  /** The fragments that are being expanded. They are not expanded again, since that would never end. */
  readonly expanding: readonly FragmentDefinitionNode[];
  readonly paths: ResponsePaths;
}

/** What can be measured: an operation, or the selections of a fragment. */
type Measured = Pick<OperationDefinitionNode, 'operation' | 'selectionSet'> & Partial<OperationDefinitionNode>;

/**
 * Measures an operation, in time that is linear in the number of selections. The document doesn't need to be valid.
 * Only fields below a root field that shows the schema count as introspection. Fields with `@skip` or
 * `@include` count as well.
 *
 * @param expanded receives the fragments that the operation uses
 */
export function measureOperation(
  operation: Measured,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>> = {},
  expanded = new Set<FragmentDefinitionNode>(),
): OperationSize {
  const size: OperationSize = { ...emptySize, directives: operation.directives?.length ?? 0 };
  const pageWeight = createPageWeights(fragments, { ...getSizeDefaults(operation), ...variables });
  const isMutation = operation.operation === OperationTypeNode.MUTATION;

  const visitSet = (set: SelectionSetNode | undefined, selectionContext: SelectionContext): void => {
    for (const node of set?.selections ?? []) {
      if (size.selections >= MAXIMUM_SELECTIONS) return;
      size.selections += 1;
      size.directives += node.directives?.length ?? 0;
      visit(node, selectionContext);
    }
  };

  const visit = (node: SelectionNode, selectionContext: SelectionContext): void => {
    if (node.kind === Kind.FIELD) return visitField(node, selectionContext);
    if (node.kind === Kind.INLINE_FRAGMENT) return visitSet(node.selectionSet, selectionContext);
    const fragment = fragments.get(node.name.value);
    const { expanding } = selectionContext;
    if (!fragment || expanding.includes(fragment)) return undefined;
    expanded.add(fragment);
    return visitSet(fragment.selectionSet, { ...selectionContext, expanding: [...expanding, fragment] });
  };

  const visitField = (
    node: FieldNode,
    { depth, introspection, lists, weight, expanding, paths }: SelectionContext,
  ): void => {
    const name = node.name.value;
    const isRoot = depth === 1;
    const introspects = introspection || (isRoot && introspectionRoots.has(name));
    if (introspects) size.introspectionDepth = Math.max(size.introspectionDepth, depth);
    else size.depth = Math.max(size.depth, depth);
    const listsHere = lists + (introspects && introspectionLists.has(name) ? 1 : 0);
    size.introspectionLists = Math.max(size.introspectionLists, listsHere);
    if (!introspects) size.cost += weight;
    if (node.alias) size.aliases += 1;
    if (node.alias && introspection) size.introspectionAliases += 1;
    if (isRoot) size.rootFields += 1;
    if (isRoot && (name === '__schema' || name === '_service')) size.schemaReads += 1;
    if (isRoot && isMutation && isSensitive(name)) size.sensitiveMutations += 1;
    const responseName = node.alias?.value ?? name;
    const pathsBelow = paths.get(responseName);
    if (pathsBelow) size.repetitions += 1;
    const newPaths = pathsBelow ?? new Map<string, ResponsePaths>();
    paths.set(responseName, newPaths);
    return visitSet(node.selectionSet, {
      depth: depth + 1,
      introspection: introspects,
      lists: listsHere,
      weight: weight * pageWeight(node),
      expanding,
      paths: newPaths,
    });
  };

  visitSet(operation.selectionSet, {
    depth: 1,
    introspection: false,
    lists: 0,
    weight: 1,
    expanding: [],
    paths: new Map(),
  });
  return { ...size, cost: Math.ceil(size.cost) };
}

/** The size of an operation without selections. */
export const emptySize: Readonly<OperationSize> = {
  depth: 0,
  introspectionDepth: 0,
  schemaReads: 0,
  introspectionAliases: 0,
  introspectionLists: 0,
  cost: 0,
  aliases: 0,
  rootFields: 0,
  directives: 0,
  sensitiveMutations: 0,
  repetitions: 0,
  selections: 0,
};

/** The default values of an operation's variables that can be page sizes or lists of representations. */
const getSizeDefaults = ({ variableDefinitions = [] }: Partial<OperationDefinitionNode>): Record<string, unknown> =>
  Object.fromEntries(
    variableDefinitions.map(({ variable, defaultValue }) => [variable.name.value, toSizeDefault(defaultValue)]),
  );

const toSizeDefault = (value?: ConstValueNode): unknown =>
  value?.kind === Kind.INT ? Number(value.value) : value?.kind === Kind.LIST ? value.values : undefined;
