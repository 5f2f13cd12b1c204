import { Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { UserType } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { ApiTokenType, ResetApiTokenPayload, ViewApiTokenPayload, toApiToken } from './api-token.type.js';
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
  async apiToken(@Root() user: UserType, @Ctx() context: Context): Promise<ApiTokenType | null> {
    const row = await apiTokensLoader(context).load(user.accountId);
    return row && toApiToken(row);
  }

  @Auth({ stepUp: true })
  @Mutation(() => ViewApiTokenPayload, {
    nullable: true,
    description: 'Returns the caller’s API token. Returns the user error API_TOKEN_NOT_SET before the first reset.',
  })
  async viewApiToken(@Ctx() context: Context): Promise<ViewApiTokenPayload> {
    const { token, apiToken } = await viewApiToken(context, requireSessionViewer(context));
    return { token, apiToken: toApiToken(apiToken) };
  }

  @Auth({ stepUp: true })
  @Mutation(() => ResetApiTokenPayload, {
    nullable: true,
    description: 'Creates the caller’s API token, or replaces it with a new one.',
  })
  async resetApiToken(@Ctx() context: Context): Promise<ResetApiTokenPayload> {
    const { token, apiToken } = await resetApiToken(context, requireSessionViewer(context));
    return { token, apiToken: toApiToken(apiToken) };
  }
}
