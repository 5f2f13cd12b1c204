import { GraphQLError, GraphQLScalarType, valueFromASTUntyped } from 'graphql';
import { JsonScalar } from '../../graphql-kit/scalars/json.js';

/** The types that other subgraphs can refer to by their ID. */
export const entityTypes = ['User', 'CallKey'] as const;

export type EntityType = (typeof entityTypes)[number];

/** A reference to an entity, which a router sends. It may have more fields, which are ignored. */
export interface Representation {
  readonly __typename: EntityType;
  readonly id: string;
}

const isEntityType = (name: unknown): name is EntityType => entityTypes.some((type) => type === name);

function parseRepresentation(value: unknown): Representation {
  const { __typename, id } = (JsonScalar.parseValue(value) ?? {}) as Partial<Record<string, unknown>>;
  if (!isEntityType(__typename) || typeof id !== 'string')
    throw new GraphQLError(`A representation has an id and the __typename ${entityTypes.join(' or ')}.`);
  return { __typename, id };
}

/** The scalar `_Any`: a representation (Apollo Federation subgraph specification). It has the limits of JSON. */
export const AnyScalar = new GraphQLScalarType<Representation, never>({
  name: '_Any',
  description: 'A reference to an object: `{ "__typename": "User", "id": "user_…" }`.',
  parseValue: parseRepresentation,
  parseLiteral: (node, variables) => parseRepresentation(valueFromASTUntyped(node, variables)),
});
