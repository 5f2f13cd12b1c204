import { Field, Int, ObjectType } from 'type-graphql';
import type { UserErrorCode, UserErrorDetails } from '../rules/user-error-messages.js';
import { graphqlEnum } from './enum.js';
import { DateTimeScalar } from './scalars/date-time.js';
import { userErrorDescriptions } from './user-error-descriptions.js';

const UserErrorCodeEnum = graphqlEnum('UserErrorCode', 'Why a mutation refused its input.', userErrorDescriptions);

@ObjectType('UserErrorDetails', {
  description:
    'The numbers behind a user error, for clients that write their own text. Fields that don’t apply are null.',
  simpleResolvers: true,
})
class UserErrorDetailsType implements UserErrorDetails {
  @Field(() => Int, { nullable: true, description: 'The minimum length, in characters (Unicode code points).' })
  minLength?: number;

  @Field(() => Int, { nullable: true, description: 'The maximum length, in characters (Unicode code points).' })
  maxLength?: number;

  @Field(() => Int, { nullable: true, description: 'The most that is allowed, e.g. of call keys.' })
  limit?: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When to try again.' })
  retryAt?: Date;
}

@ObjectType('UserError', { description: 'A problem with the input that the user can fix.', simpleResolvers: true })
export class UserErrorType {
  @Field(() => UserErrorCodeEnum, { description: 'What is wrong, as a code for programs.' })
  code!: UserErrorCode;

  @Field(() => [String], {
    nullable: true,
    description: 'The path of the input field that caused it, e.g. ["newPassword"]; null if no single field did.',
  })
  field!: string[] | null;

  @Field(() => String, {
    description:
      'What is wrong and what to do, for the user, in the language of the request (`Accept-Language`) or else of the account.',
  })
  message!: string;

  @Field(() => UserErrorDetailsType, {
    nullable: true,
    description: 'The numbers behind the error; null if there are none.',
  })
  details?: UserErrorDetailsType | null;
}

/** The base of every mutation's payload. */
@ObjectType({ simpleResolvers: true })
export abstract class Payload {
  @Field(() => [UserErrorType], { description: 'What was wrong with the input; empty on success.' })
  userErrors?: UserErrorType[];
}
