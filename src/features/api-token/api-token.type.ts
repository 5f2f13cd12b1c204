import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { Payload } from '../../graphql-kit/payload.type.js';

@ObjectType('ApiToken', {
  description: 'The token with which programs call the management API for its owner.',
  simpleResolvers: true,
})
export class ApiTokenType {
  @Field(() => String, { description: 'The last four characters, to recognise it by.' })
  hint!: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last used, to the minute.' })
  lastUsedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'The address that it was last used from.' })
  lastUsedIp!: string | null;
}

@ObjectType({ description: 'The answer of viewApiToken.', simpleResolvers: true })
export class ViewApiTokenPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The token; null where this place keeps none to be viewed.' })
  token?: string | null;

  @Field(() => ApiTokenType, { nullable: true, description: 'What is known of it.' })
  apiToken?: ApiTokenType;
}

@ObjectType({ description: 'The answer of resetApiToken.', simpleResolvers: true })
export class ResetApiTokenPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The new token. The one before it does not work any more.' })
  token?: string;

  @Field(() => ApiTokenType, { nullable: true, description: 'What is known of it.' })
  apiToken?: ApiTokenType;
}
