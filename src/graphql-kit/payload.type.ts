import { Field, ObjectType } from 'type-graphql';
import type { UserErrorCode } from '../rules/user-error-catalogue.js';
import { graphqlEnum } from './enum.js';
import { userErrorDescriptions } from './user-error-descriptions.js';

const UserErrorCodeEnum = graphqlEnum('UserErrorCode', 'Why a mutation refused its input.', userErrorDescriptions);

@ObjectType('UserError', { description: 'A problem with the input that the user can fix.', simpleResolvers: true })
export class UserErrorType {
  @Field(() => UserErrorCodeEnum, { description: 'What is wrong, for programs.' })
  code!: UserErrorCode;

  @Field(() => [String], {
    nullable: true,
    description: 'The path to the input field at fault, e.g. ["newPassword"]; null when no one field is.',
  })
  field!: string[] | null;

  @Field(() => String, {
    description:
      'What is wrong and what to do, for the user, in the language of the request (`Accept-Language`) or else of the account.',
  })
  message!: string;
}

/** What every mutation answers with. */
@ObjectType({ simpleResolvers: true })
export abstract class Payload {
  @Field(() => [UserErrorType], { description: 'What was wrong with the input; empty on success.' })
  userErrors?: UserErrorType[];
}
