import { Field, ObjectType } from 'type-graphql';
import { catalogue, type UserError } from '../rules/refuse.js';
import { graphqlEnum } from './enum.js';

const UserErrorCode = graphqlEnum(
  'UserErrorCode',
  'Why something was refused; the message says it in words.',
  catalogue,
);

@ObjectType('UserError', { description: 'A refusal that the person can act on.', simpleResolvers: true })
export class UserErrorType {
  @Field(() => UserErrorCode, { description: 'What is wrong, for programs.' })
  code!: UserError['code'];

  @Field(() => [String], {
    nullable: true,
    description: 'The path to the input field at fault, e.g. ["newPassword"]; null when no one field is.',
  })
  field!: string[] | null;

  @Field(() => String, { description: 'What is wrong, in words for the person.' })
  message!: string;
}

/** What every mutation answers with. */
@ObjectType({ simpleResolvers: true })
export abstract class Payload {
  @Field(() => [UserErrorType], { description: 'What was refused, and why; empty when it worked.' })
  userErrors?: UserErrorType[];
}
