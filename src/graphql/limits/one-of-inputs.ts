import { MapperKind, mapSchema } from '@graphql-tools/utils';
import { GraphQLInputObjectType, type GraphQLSchema } from 'graphql';

/** The inputs that require exactly one field; type-graphql can't declare them. */
const oneOfInputs: ReadonlySet<string> = new Set(['SecondFactorInput']);

/** Makes those inputs `@oneOf`, so that documents with several fields, none or null are invalid. */
export const withOneOfInputs = (schema: GraphQLSchema): GraphQLSchema =>
  mapSchema(schema, {
    [MapperKind.INPUT_OBJECT_TYPE]: (type) =>
      oneOfInputs.has(type.name) ? new GraphQLInputObjectType({ ...type.toConfig(), isOneOf: true }) : type,
  });
