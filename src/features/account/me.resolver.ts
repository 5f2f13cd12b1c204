import { Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from '../../graphql-kit/context.js';
import { UserType, toUser } from './user.type.js';

@Resolver()
export class MeResolver {
  @Query(() => UserType, {
    nullable: true,
    description: 'The account of the caller’s credential, or null for an anonymous caller.',
  })
  me(@Ctx() { viewer }: Context): UserType | null {
    return viewer && toUser(viewer.accountId, viewer);
  }
}
