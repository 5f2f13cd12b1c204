import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { UserType } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, requireViewer, type Context } from '../../graphql-kit/context.js';
import { fromGlobalId, toGlobalId } from '../../rules/global-id.js';
import { rowsByOwner } from '../../graphql-kit/relay/rows-by-owner.js';
import {
  AccessTokenType,
  CreateAccessTokenInput,
  CreateAccessTokenPayload,
  RevokeAccessTokensInput,
  RevokeAccessTokensPayload,
  RotateAccessTokenInput,
  RotateAccessTokenPayload,
  UpdateAccessTokenInput,
  UpdateAccessTokenPayload,
  toAccessToken,
} from './access-token.type.js';
import { accessTokenLoader } from './access-tokens.loader.js';
import { createAccessToken } from './create-access-token.js';
import { findAccessTokensOfAccounts } from './find-access-tokens.js';
import { revokeAccessTokens } from './revoke-access-tokens.js';
import { rotateAccessToken } from './rotate-access-token.js';
import { updateAccessToken } from './update-access-token.js';

const accessTokens = rowsByOwner(({ reader, now }, accountIds: readonly string[]) =>
  findAccessTokensOfAccounts(reader, accountIds, now),
);

@Resolver(() => UserType)
export class AccessTokenResolver {
  @Auth({ requires: 'ADMIN', orSelf: true })
  @FieldResolver(() => [AccessTokenType], {
    nullable: true,
    description: 'The access tokens of the account, newest first. Expired ones stay for 90 days, revoked ones don’t.',
  })
  async accessTokens(@Root() { accountId }: UserType, @Ctx() context: Context): Promise<AccessTokenType[]> {
    return (await accessTokens(context, { accountId })).map(toAccessToken);
  }

  @Auth({ accepts: ['API_TOKEN'] })
  @Query(() => AccessTokenType, {
    nullable: true,
    description: 'The access token of this request: its scopes and its end. Null for the API token.',
  })
  async accessToken(@Ctx() context: Context): Promise<AccessTokenType | null> {
    const viewer = requireViewer(context);
    const id = viewer.credential === 'API_TOKEN' ? viewer.accessTokenId : null;
    const row = id && (await accessTokenLoader(context).load(id));
    return row ? toAccessToken(row) : null;
  }

  @Auth({ stepUp: true })
  @Mutation(() => CreateAccessTokenPayload, {
    nullable: true,
    description: 'Creates an access token for a program. The token is returned only here.',
  })
  async createAccessToken(
    @Arg('input', () => CreateAccessTokenInput, { description: 'Name, scopes, addresses and end.' })
    { name, scopes, allowedIps, expiresAt }: CreateAccessTokenInput,
    @Ctx() context: Context,
  ): Promise<CreateAccessTokenPayload> {
    const settings = { name, scopes, allowedIps, expiresAt: expiresAt ?? null };
    const { token, accessToken } = await createAccessToken(context, requireSessionViewer(context), settings);
    return { token, accessToken: toAccessToken(accessToken) };
  }

  @Auth({ stepUp: true })
  @Mutation(() => UpdateAccessTokenPayload, {
    nullable: true,
    description: 'Changes the name or the allowed addresses of an access token of the caller.',
  })
  async updateAccessToken(
    @Arg('input', () => UpdateAccessTokenInput, { description: 'The token and its new settings.' })
    { id, name, allowedIps }: UpdateAccessTokenInput,
    @Ctx() context: Context,
  ): Promise<UpdateAccessTokenPayload> {
    const settings = { name: name ?? undefined, allowedIps };
    const tokenId = fromGlobalId('AccessToken', id);
    const row = await updateAccessToken(context, requireSessionViewer(context), tokenId, settings);
    return { accessToken: toAccessToken(row) };
  }

  @Auth({ stepUp: true })
  @Mutation(() => RotateAccessTokenPayload, {
    nullable: true,
    description: 'Replaces an access token of the caller. Name, scopes and addresses stay.',
  })
  async rotateAccessToken(
    @Arg('input', () => RotateAccessTokenInput, { description: 'The token, its grace period and its new end.' })
    { id, graceHours, expiresAt }: RotateAccessTokenInput,
    @Ctx() context: Context,
  ): Promise<RotateAccessTokenPayload> {
    const rotation = { id: fromGlobalId('AccessToken', id), graceHours, expiresAt: expiresAt ?? null };
    const { token, accessToken } = await rotateAccessToken(context, requireSessionViewer(context), rotation);
    return { token, accessToken: toAccessToken(accessToken) };
  }

  @Auth()
  @Mutation(() => RevokeAccessTokensPayload, {
    nullable: true,
    description: 'Revokes access tokens of the caller. They stop working immediately.',
  })
  async revokeAccessTokens(
    @Arg('input', () => RevokeAccessTokensInput, { description: 'The tokens.' }) { ids }: RevokeAccessTokensInput,
    @Ctx() context: Context,
  ): Promise<RevokeAccessTokensPayload> {
    const known = ids.map((id) => fromGlobalId('AccessToken', id)).filter((id) => id !== null);
    const revoked = await revokeAccessTokens(context, requireSessionViewer(context), known);
    return { revokedIds: revoked.map((id) => toGlobalId('AccessToken', id)) };
  }
}
