import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { TokenScopeEnum } from '../../graphql-kit/auth-directive.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { toGlobalId } from '../../rules/global-id.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import type { TokenScope } from '../../rules/token-scope.js';
import type { AccessTokenRow, AccessTokenStatus } from './find-access-tokens.js';

const AccessTokenStatusEnum = graphqlEnum<AccessTokenStatus>(
  'AccessTokenStatus',
  'Whether an access token can be used, and why not.',
  {
    ACTIVE: 'The token can be used.',
    EXPIRED: 'The token has expired.',
    REVOKED: 'The token was revoked.',
  },
);

@ObjectType('AccessToken', {
  description: 'A named token for a program, with scopes and an end.',
  implements: NodeType,
  simpleResolvers: true,
})
export class AccessTokenType extends NodeType {
  @Field(() => String, { description: 'The name the owner gave the token.' })
  name!: string;

  @Field(() => String, { description: 'The last four characters, to recognize the token.' })
  hint!: string;

  @Field(() => [TokenScopeEnum], { description: 'What the token may do.' })
  scopes!: TokenScope[];

  @Field(() => [String], {
    description: 'The IP addresses or CIDR ranges the token may be used from. Empty allows any.',
  })
  allowedIps!: string[];

  @Field(() => AccessTokenStatusEnum, { description: 'Whether the token can be used now, and why not.' })
  status!: AccessTokenStatus;

  @Field(() => DateTimeScalar, { description: 'When the token was created.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When the token expires.' })
  expiresAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the token was last used, to the minute.' })
  lastUsedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'The IP address the token was last used from.' })
  lastUsedIp!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the grace period of the token before the last rotation ends. Null if there is none.',
  })
  oldTokenValidUntil!: Date | null;
}

@InputType({ description: 'Input of createAccessToken.' })
export class CreateAccessTokenInput {
  @Field(() => String, { description: 'The name of the token, 1 to 64 characters. Names may repeat.' })
  name!: string;

  @Field(() => [TokenScopeEnum], { description: 'What the token may do: at least one scope, each once.' })
  scopes!: TokenScope[];

  @Field(() => [String], {
    defaultValue: [],
    description: 'The IP addresses or CIDR ranges the token may be used from. Empty allows any.',
  })
  allowedIps!: string[];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the token expires. Null: 30 days from now, or `policy.accessTokenMaxDays` if that is less.',
  })
  expiresAt?: Date | null;
}

@ObjectType({ description: 'The result of createAccessToken.', simpleResolvers: true })
export class CreateAccessTokenPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The token (`pac_…`). Returned only here.' })
  token?: string;

  @Field(() => AccessTokenType, { nullable: true, description: 'Details of the token.' })
  accessToken?: AccessTokenType;
}

@InputType({ description: 'Input of updateAccessToken. Only the given fields change.' })
export class UpdateAccessTokenInput {
  @Field(() => ID, { description: 'The ID of the token.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'The new name, 1 to 64 characters.' })
  name?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The IP addresses or CIDR ranges the token may be used from. Empty or null allows any.',
  })
  allowedIps?: string[] | null;
}

@ObjectType({ description: 'The result of updateAccessToken.', simpleResolvers: true })
export class UpdateAccessTokenPayload extends Payload {
  @Field(() => AccessTokenType, { nullable: true, description: 'The updated token.' })
  accessToken?: AccessTokenType;
}

@InputType({ description: 'Input of rotateAccessToken.' })
export class RotateAccessTokenInput {
  @Field(() => ID, { description: 'The ID of the token. An expired token is NOT_FOUND.' })
  id!: string;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'How many hours the old token keeps working, 0 to 168, but never past its own end.',
  })
  graceHours!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the new token expires. Null repeats the lifetime of the last creation or rotation, within `policy.accessTokenMaxDays`.',
  })
  expiresAt?: Date | null;
}

@ObjectType({ description: 'The result of rotateAccessToken.', simpleResolvers: true })
export class RotateAccessTokenPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The new token. Returned only here.' })
  token?: string;

  @Field(() => AccessTokenType, { nullable: true, description: 'Details of the token.' })
  accessToken?: AccessTokenType;
}

@InputType({ description: 'Input of revokeAccessTokens.' })
export class RevokeAccessTokensInput {
  @Field(() => [ID], { description: 'The IDs of the tokens. Unknown IDs are ignored.' })
  ids!: string[];
}

@ObjectType({ description: 'The result of revokeAccessTokens.', simpleResolvers: true })
export class RevokeAccessTokensPayload extends Payload {
  @Field(() => [ID], { nullable: true, description: 'The IDs of the revoked tokens.' })
  revokedIds?: string[];
}

/** Maps a row to an `AccessToken`. */
export const toAccessToken = ({
  id,
  name,
  hint,
  scopes,
  allowedIps,
  status,
  createdAt,
  expiresAt,
  lastUsedAt,
  lastUsedIp,
  oldTokenValidUntil,
}: AccessTokenRow): AccessTokenType & { __typename: 'AccessToken' } => ({
  __typename: 'AccessToken',
  id: toGlobalId('AccessToken', id),
  name,
  hint,
  scopes,
  allowedIps,
  status,
  createdAt,
  expiresAt,
  lastUsedAt,
  lastUsedIp,
  oldTokenValidUntil,
});
