import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType('Node', {
  description: 'An object that can be fetched by its ID.',
  resolveType: (object: { __typename: string }) => object.__typename,
})
export abstract class NodeType {
  @Field(() => ID, { description: 'Opaque; includes the type.' })
  id!: string;
}
