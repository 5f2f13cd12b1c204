import { GraphQLError, type ValidationRule } from 'graphql';

/**
 * Rejects an operation type that the schema does not have, i.e. a subscription. Without this rule, execution
 * would fail with an internal error.
 */
export const knownOperationTypes: ValidationRule = (context) => ({
  OperationDefinition: (node) => {
    if (!context.getSchema().getRootType(node.operation))
      context.reportError(new GraphQLError(`The schema has no ${node.operation} operations.`, { nodes: node }));
  },
});
