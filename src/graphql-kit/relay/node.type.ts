import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType('Node', {
  description: 'Anything that has an id and can be asked for by it.',
  resolveType: (object: { __typename: string }) => object.__typename,
})
export abstract class NodeType {
  @Field(() => ID, { description: 'Opaque; it carries its type.' })
  id!: string;
}
