import { Field, ObjectType } from 'type-graphql';
import type { UserErrorCode } from '../rules/user-error-messages.js';
import { graphqlEnum } from './enum.js';
import { userErrorDescriptions } from './user-error-descriptions.js';

const UserErrorCodeEnum = graphqlEnum('UserErrorCode', 'Why a mutation refused its input.', userErrorDescriptions);

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
}

/** The base of every mutation's payload. */
@ObjectType({ simpleResolvers: true })
export abstract class Payload {
  @Field(() => [UserErrorType], { description: 'What was wrong with the input; empty on success.' })
  userErrors?: UserErrorType[];
}
