import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { Kind, parse, print, visit, type ConstDirectiveNode, type GraphQLSchema } from 'graphql';
import { entityTypes } from './representation.js';

/**
 * What Postern imports from Federation. `@auth` is composed, so that the supergraph shows who may use a field; that
 * requires a URL as its name, which nothing fetches (RFC 2606, section 2). Apollo's composition doesn't know `@oneOf`.
 */
const imports = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@composeDirective"])
  @link(url: "https://postern.invalid/auth/v1.0", import: ["@auth"])
  @composeDirective(name: "@auth")

directive @oneOf on INPUT_OBJECT
`;

const directiveOf = (text: string): ConstDirectiveNode => {
  const [definition] = parse(`scalar Any ${text}`, { noLocation: true }).definitions;
  const [directive] = definition?.kind === Kind.SCALAR_TYPE_DEFINITION ? (definition.directives ?? []) : [];
  if (!directive) throw new Error(`${text} is no directive`);
  return directive;
};

/** The directives of Federation that each type has. Every subgraph with connections has the type PageInfo. */
const typeDirectives: ReadonlyMap<string, ConstDirectiveNode> = new Map([
  ...entityTypes.map((type) => [type, directiveOf('@key(fields: "id")')] as const),
  ['PageInfo', directiveOf('@shareable')],
]);

/** The schema as a subgraph: its SDL with `@auth`, and with the directives of Federation 2. */
export function printSubgraph(schema: GraphQLSchema): string {
  const document = visit(parse(printSchemaWithDirectives(schema), { noLocation: true }), {
    ObjectTypeDefinition: (type) => {
      const directive = typeDirectives.get(type.name.value);
      return directive ? { ...type, directives: [...(type.directives ?? []), directive] } : false;
    },
  });
  return `${imports}\n${print(document)}\n`;
}
