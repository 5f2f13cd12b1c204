import { Field, ID, ObjectType } from 'type-graphql';
import type { Role } from '../../rules/role.js';
import { RoleEnum } from '../account/user.type.js';

@ObjectType('Actor', { description: 'The account that caused a security event.', simpleResolvers: true })
export class ActorType {
  @Field(() => ID, { description: 'The ID of the account.' })
  id!: string;

  @Field(() => String, { description: 'The current username.' })
  username!: string;

  @Field(() => RoleEnum, { description: 'The current role.' })
  role!: Role;
}
