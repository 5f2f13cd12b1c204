import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Role } from '../../rules/role.js';
import { RoleEnum } from '../account/user.type.js';
import type { Context } from '../../graphql-kit/context.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { PASSWORD_MAXIMUM_CODE_POINTS, passwordAdvice } from '../password/password-policy.js';
import { usernamePattern } from '../username/username.js';

const RegistrationPolicyEnum = graphqlEnum('RegistrationPolicy', 'Whether people may sign up by themselves.', {
  OPEN: 'Anybody may sign up.',
  CLOSED: 'Accounts are made by administrators.',
});

@ObjectType({ description: 'The rules of this place, for drawing forms.', simpleResolvers: true })
class Policy {
  @Field(() => Int, { description: 'Fewest characters of a new password.' })
  passwordMinLength!: number;

  @Field(() => Int, { description: 'Most characters of a password.' })
  passwordMaxLength!: number;

  @Field(() => String, { description: 'What makes a good password, in words, in the caller’s language.' })
  passwordAdvice!: string;

  @Field(() => String, { description: 'A regular expression for usernames in their canonical form (lower case).' })
  usernamePattern!: string;

  @Field(() => RegistrationPolicyEnum, { description: 'Whether people may sign up by themselves.' })
  registration!: 'OPEN' | 'CLOSED';

  @Field(() => [RoleEnum], { description: 'Roles that need two-factor authentication to use administration.' })
  twoFactorRequiredFor!: readonly Role[];
}

@Resolver()
export class PolicyResolver {
  @Query(() => Policy, { description: 'What a client needs to draw its forms before anyone signs in.' })
  policy(@Ctx() { config, locale }: Context): Policy {
    return {
      passwordMinLength: config.password.minimumLength,
      passwordMaxLength: PASSWORD_MAXIMUM_CODE_POINTS,
      passwordAdvice: passwordAdvice[locale](config.password.minimumLength),
      usernamePattern: usernamePattern.source,
      registration: config.registrationOpen ? 'OPEN' : 'CLOSED',
      twoFactorRequiredFor: config.twoFactorRequiredFor,
    };
  }
}
