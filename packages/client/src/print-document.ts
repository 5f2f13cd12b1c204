/** A node of a parsed document (GraphQL specification, appendix B), as far as operations have them. */
interface Node {
  readonly kind: string;
  readonly [property: string]: unknown;
}

const nodes = (value: unknown): readonly Node[] => (Array.isArray(value) ? (value as Node[]) : []);
const nameOf = (node: Node): string => (node['name'] as { value: string } | undefined)?.value ?? '';
const child = (node: Node, property: string): string => {
  const value = node[property];
  return value ? printNode(value as Node) : '';
};
const list = (items: readonly Node[], [open, close]: readonly [string, string], separator = ', '): string =>
  items.length > 0 ? `${open}${items.map(printNode).join(separator)}${close}` : '';
const directives = (node: Node): string =>
  nodes(node['directives'])
    .map((each) => ` ${printNode(each)}`)
    .join('');

const printers: Readonly<Record<string, (node: Node) => string>> = {
  Document: (node) => nodes(node['definitions']).map(printNode).join('\n'),
  OperationDefinition: (node) =>
    `${String(node['operation'])} ${nameOf(node)}${list(nodes(node['variableDefinitions']), ['(', ')'])}${directives(node)} ${child(node, 'selectionSet')}`,
  VariableDefinition: (node) =>
    `${child(node, 'variable')}: ${child(node, 'type')}${node['defaultValue'] ? ` = ${child(node, 'defaultValue')}` : ''}${directives(node)}`,
  FragmentDefinition: (node) =>
    `fragment ${nameOf(node)} on ${child(node, 'typeCondition')}${directives(node)} ${child(node, 'selectionSet')}`,
  SelectionSet: (node) => list(nodes(node['selections']), ['{ ', ' }'], ' '),
  Field: (node) => {
    const alias = (node['alias'] as { value: string } | undefined)?.value;
    const selection = node['selectionSet'] ? ` ${child(node, 'selectionSet')}` : '';
    return `${alias ? `${alias}: ` : ''}${nameOf(node)}${list(nodes(node['arguments']), ['(', ')'])}${directives(node)}${selection}`;
  },
  FragmentSpread: (node) => `...${nameOf(node)}${directives(node)}`,
  InlineFragment: (node) =>
    `...${node['typeCondition'] ? ` on ${child(node, 'typeCondition')}` : ''}${directives(node)} ${child(node, 'selectionSet')}`,
  Directive: (node) => `@${nameOf(node)}${list(nodes(node['arguments']), ['(', ')'])}`,
  Argument: (node) => `${nameOf(node)}: ${child(node, 'value')}`,
  Variable: (node) => `$${nameOf(node)}`,
  NamedType: nameOf,
  ListType: (node) => `[${child(node, 'type')}]`,
  NonNullType: (node) => `${child(node, 'type')}!`,
  StringValue: (node) => JSON.stringify(node['value']),
  NullValue: () => 'null',
  ListValue: (node) => `[${nodes(node['values']).map(printNode).join(', ')}]`,
  ObjectValue: (node) => `{${nodes(node['fields']).map(printNode).join(', ')}}`,
  ObjectField: (node) => `${nameOf(node)}: ${child(node, 'value')}`,
};

/** Values such as numbers, booleans and enums are printed as they are. */
const printNode = (node: Node): string => printers[node.kind]?.(node) ?? String(node['value']);

/** Prints a parsed document of operations and fragments, so that the client needs no GraphQL library. */
export const printDocument = (document: object): string => printNode(document as Node);
