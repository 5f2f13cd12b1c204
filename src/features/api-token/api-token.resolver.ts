import { Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { UserType } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { ApiTokenType, ResetApiTokenPayload, ViewApiTokenPayload } from './api-token.type.js';
import { apiTokensLoader } from './api-tokens.loader.js';
import { resetApiToken } from './reset-api-token.js';
import { viewApiToken } from './view-api-token.js';

@Resolver(() => UserType)
export class ApiTokenResolver {
  @Auth({ requires: 'ADMIN', orSelf: true })
  @FieldResolver(() => ApiTokenType, {
    nullable: true,
    description: 'The user’s API token. Null until the first reset creates one.',
  })
  apiToken(@Root() user: UserType, @Ctx() context: Context): Promise<ApiTokenType | null> {
    return apiTokensLoader(context).load(user.accountId);
  }

  @Auth({ stepUp: true })
  @Mutation(() => ViewApiTokenPayload, {
    nullable: true,
    description: 'Returns the caller’s API token. Returns the user error API_TOKEN_NOT_SET before the first reset.',
  })
  viewApiToken(@Ctx() context: Context): Promise<ViewApiTokenPayload> {
    return viewApiToken(context, requireSessionViewer(context));
  }

  @Auth({ stepUp: true })
  @Mutation(() => ResetApiTokenPayload, {
    nullable: true,
    description: 'Creates the caller’s API token, or replaces it with a new one.',
  })
  resetApiToken(@Ctx() context: Context): Promise<ResetApiTokenPayload> {
    return resetApiToken(context, requireSessionViewer(context));
  }
}
