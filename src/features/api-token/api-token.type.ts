import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { toGlobalId } from '../../rules/global-id.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import type { ApiTokenRow } from './find-api-tokens.js';

@ObjectType('ApiToken', {
  description: 'A token for calling the management API as its owner. A reset keeps its ID.',
  implements: NodeType,
  simpleResolvers: true,
})
export class ApiTokenType extends NodeType {
  @Field(() => String, { description: 'The last four characters, to recognize the token.' })
  hint!: string;

  @Field(() => DateTimeScalar, { description: 'When the token was created.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the token was last used, to the minute.' })
  lastUsedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'The IP address the token was last used from.' })
  lastUsedIp!: string | null;
}

@ObjectType({ description: 'The result of viewApiToken.', simpleResolvers: true })
export class ViewApiTokenPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The token. Null if this server doesn’t keep tokens viewable.' })
  token?: string | null;

  @Field(() => ApiTokenType, { nullable: true, description: 'Details of the token.' })
  apiToken?: ApiTokenType;
}

@ObjectType({ description: 'The result of resetApiToken.', simpleResolvers: true })
export class ResetApiTokenPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The new token. The previous token stops working.' })
  token?: string;

  @Field(() => ApiTokenType, { nullable: true, description: 'Details of the new token.' })
  apiToken?: ApiTokenType;
}

/** Maps a row to an `ApiToken`. An account has at most one, so the account's ID identifies it. */
export const toApiToken = ({
  accountId,
  hint,
  createdAt,
  lastUsedAt,
  lastUsedIp,
}: ApiTokenRow): ApiTokenType & { __typename: 'ApiToken' } => ({
  __typename: 'ApiToken',
  id: toGlobalId('ApiToken', accountId),
  hint,
  createdAt,
  lastUsedAt,
  lastUsedIp,
});
