import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { RoleEnum } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import type { Context } from '../../graphql-kit/context.js';
import type { Role } from '../../rules/role.js';
import { findFactorAdoption, type FactorAdoptionRow } from './find-factor-adoption.js';

@ObjectType('FactorAdoption', {
  description: 'How many active accounts of a role have which second factors. An account can have several.',
  simpleResolvers: true,
})
class FactorAdoptionType implements FactorAdoptionRow {
  @Field(() => RoleEnum, { description: 'The role.' })
  role!: Role;

  @Field(() => Int, { description: 'All active accounts of the role.' })
  users!: number;

  @Field(() => Int, { description: 'Those with an authenticator app.' })
  totp!: number;

  @Field(() => Int, { description: 'Those with a passkey.' })
  passkey!: number;

  @Field(() => Int, { description: 'Those with neither.' })
  none!: number;
}

@Resolver()
export class FactorAdoptionResolver {
  @Auth({ requires: 'ADMIN' })
  @Query(() => [FactorAdoptionType], {
    nullable: true,
    description: 'How many active accounts of each role have which second factors.',
  })
  async factorAdoption(@Ctx() { reader }: Context): Promise<FactorAdoptionType[]> {
    return [...(await findFactorAdoption(reader, {}))];
  }
}
