import {
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  type GraphQLFieldConfigMap,
} from 'graphql';
import type { Context } from '../../graphql-kit/context.js';
import type { AuthRule } from '../../graphql-kit/auth-directive.js';
import { findEntities } from './find-entities.js';
import { AnyScalar, entityTypes, type Representation } from './representation.js';
import { printSubgraph } from './subgraph-sdl.js';

/** Every token reaches `_entities`; what it finds depends on the scopes, as with `node`. */
const entitiesRule: Partial<AuthRule> = { accepts: ['SESSION', 'API_TOKEN'] };

/** Adds `_service` and `_entities` to a schema (Apollo Federation subgraph specification, R-125). */
export function withFederation(schema: GraphQLSchema): GraphQLSchema {
  const { query, types, ...config } = schema.toConfig();
  if (!query) throw new Error('the schema has no type Query');
  const { fields, ...queryConfig } = query.toConfig();
  const federatedQuery = new GraphQLObjectType<unknown, Context>({
    ...queryConfig,
    fields: { ...fields, ...federationFields(schema) },
  });
  return new GraphQLSchema({ ...config, query: federatedQuery, types: types.filter((type) => type !== query) });
}

function federationFields(schema: GraphQLSchema): GraphQLFieldConfigMap<unknown, Context> {
  const service = { sdl: printSubgraph(schema) };
  const Service = new GraphQLObjectType({
    name: '_Service',
    description: 'This server as a subgraph.',
    fields: { sdl: { type: new GraphQLNonNull(GraphQLString), description: 'The schema of the subgraph.' } },
  });
  const Entity = new GraphQLUnionType({
    name: '_Entity',
    description: 'An object that other subgraphs can refer to.',
    types: entityTypes.map((name) => schema.getType(name) as GraphQLObjectType),
  });
  return {
    _service: { type: new GraphQLNonNull(Service), description: 'For routers: the schema.', resolve: () => service },
    _entities: {
      type: new GraphQLNonNull(new GraphQLList(Entity)),
      description: 'For routers: objects by their IDs, null for those that the viewer may not see.',
      args: {
        representations: {
          type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(AnyScalar))),
          description: 'The types and IDs of the objects, at most 100.',
        },
      },
      extensions: { directives: { auth: entitiesRule } },
      resolve: (_query, { representations }: { representations: readonly Representation[] }, context) =>
        findEntities(representations, context),
    },
  };
}
