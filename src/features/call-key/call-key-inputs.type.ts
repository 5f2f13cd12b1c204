import { Field, ID, InputType, Int } from 'type-graphql';
import { BigIntScalar } from '../../graphql-kit/scalars/big-int.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';

const CallKeySwitchEnum = graphqlEnum<'ACTIVE' | 'DISABLED'>(
  'CallKeySwitch',
  'What its owner can switch a call key to.',
  { ACTIVE: 'On.', DISABLED: 'Off.' },
);

@InputType({ description: 'A call key to be made.' })
export class CreateCallKeyInput {
  @Field(() => String, { description: 'What to call it: 1 to 64 characters.' })
  name!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'From when on it cannot be used; never if nothing is said.',
  })
  expiresAt?: Date | null;

  @Field(() => [String], {
    defaultValue: [],
    description: 'The models that it may call; none: all. A call that names no model is refused where there are any.',
  })
  models!: string[];

  @Field(() => [String], {
    defaultValue: [],
    description: 'The addresses or CIDR ranges that it may be used from; none: anywhere.',
  })
  allowedIps!: string[];

  @Field(() => BigIntScalar, { nullable: true, description: 'What it may spend; without limit if nothing is said.' })
  quota?: bigint | null;
}

@InputType({ description: 'What to change of a call key. Only the fields given are changed; null clears.' })
export class UpdateCallKeyInput {
  @Field(() => ID, { description: 'The call key’s id.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What to call it: 1 to 64 characters.' })
  name?: string | null;

  @Field(() => CallKeySwitchEnum, { nullable: true, description: 'On or off.' })
  status?: 'ACTIVE' | 'DISABLED' | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'From when on it cannot be used; null: never.' })
  expiresAt?: Date | null;

  @Field(() => [String], { nullable: true, description: 'The models that it may call; none or null: all.' })
  models?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The addresses or CIDR ranges that it may be used from; none or null: anywhere.',
  })
  allowedIps?: string[] | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'What it may spend from now on; null: without limit.' })
  quotaLeft?: bigint | null;
}

@InputType({ description: 'Which call key gets a new secret, and how long the old one works on.' })
export class RotateCallKeyInput {
  @Field(() => ID, { description: 'The call key’s id.' })
  id!: string;

  @Field(() => Int, { defaultValue: 0, description: 'So many hours the old secret works on: 0 to 168.' })
  graceHours!: number;
}

@InputType({ description: 'Which call key’s old secret is to stop working.' })
export class EndCallKeyGraceInput {
  @Field(() => ID, { description: 'The call key’s id.' })
  id!: string;
}

@InputType({ description: 'Which call keys to delete.' })
export class DeleteCallKeysInput {
  @Field(() => [ID], { description: 'The call keys’ ids.' })
  ids!: string[];
}
