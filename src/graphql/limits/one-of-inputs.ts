import { MapperKind, mapSchema } from '@graphql-tools/utils';
import { GraphQLInputObjectType, type GraphQLSchema } from 'graphql';

/** The inputs of which a client gives exactly one field; type-graphql has no word for them. */
const oneOfInputs: ReadonlySet<string> = new Set(['SecondFactorInput']);

/** Makes those inputs `@oneOf`: both fields, none, or null is a malformed document, and no rule ever sees it. */
export const withOneOfInputs = (schema: GraphQLSchema): GraphQLSchema =>
  mapSchema(schema, {
    [MapperKind.INPUT_OBJECT_TYPE]: (type) =>
      oneOfInputs.has(type.name) ? new GraphQLInputObjectType({ ...type.toConfig(), isOneOf: true }) : type,
  });
