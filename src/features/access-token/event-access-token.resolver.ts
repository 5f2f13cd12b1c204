import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import type { Context } from '../../graphql-kit/context.js';
import { SecurityEventType } from '../security-event/security-event.type.js';
import { AccessTokenType, toAccessToken } from './access-token.type.js';
import { accessTokenLoader } from './access-tokens.loader.js';

@Resolver(() => SecurityEventType)
export class EventAccessTokenResolver {
  @Auth({ requires: 'ADMIN', orSelf: true })
  @FieldResolver(() => AccessTokenType, {
    nullable: true,
    description: 'The access token that was used, also after it ended. Null for a session or the API token.',
  })
  async accessToken(
    @Root() { accessTokenId }: SecurityEventType,
    @Ctx() context: Context,
  ): Promise<AccessTokenType | null> {
    const row = accessTokenId && (await accessTokenLoader(context).load(accessTokenId));
    return row ? toAccessToken(row) : null;
  }
}
