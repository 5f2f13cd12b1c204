import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Role } from '../../rules/role.js';
import { RoleEnum } from '../account/user.type.js';
import type { Context } from '../../graphql-kit/context.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { PASSWORD_MAXIMUM_CODE_POINTS, passwordAdvice } from '../password/password-policy.js';
import { usernamePattern } from '../username/username.js';

const RegistrationPolicyEnum = graphqlEnum('RegistrationPolicy', 'Whether users may sign up themselves.', {
  OPEN: 'Anyone may sign up.',
  CLOSED: 'Only administrators create accounts.',
});

@ObjectType({ description: 'The rules of this server, for building forms.', simpleResolvers: true })
class Policy {
  @Field(() => Int, { description: 'The minimum length of a new password, in characters.' })
  passwordMinLength!: number;

  @Field(() => Int, { description: 'The maximum length of a password, in characters.' })
  passwordMaxLength!: number;

  @Field(() => String, { description: 'Advice for a good password, in the caller’s language.' })
  passwordAdvice!: string;

  @Field(() => String, { description: 'A regular expression for usernames in canonical form (lowercase).' })
  usernamePattern!: string;

  @Field(() => RegistrationPolicyEnum, { description: 'Whether users may sign up themselves.' })
  registration!: 'OPEN' | 'CLOSED';

  @Field(() => [RoleEnum], { description: 'The roles that need two-factor authentication to use administration.' })
  twoFactorRequiredFor!: readonly Role[];

  @Field(() => Boolean, {
    description:
      'Whether passkeys can be added and can sign in here. If not, those mutations return PASSKEYS_OFF; existing passkeys still count as a second factor.',
  })
  passkeys!: boolean;

  @Field(() => String, { description: 'The RP ID: the domain that passkeys belong to.' })
  passkeyRpId!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'For how many days users can skip the second step of a sign-in in a browser they trust. Null if they can’t.',
  })
  trustedBrowserDays!: number | null;

  @Field(() => Int, { description: 'The longest lifetime of an access token, in days.' })
  accessTokenMaxDays!: number;
}

@Resolver()
export class PolicyResolver {
  @Query(() => Policy, { description: 'What a client needs to build its forms before sign-in.' })
  policy(@Ctx() { config, locale }: Context): Policy {
    return {
      passwordMinLength: config.password.minimumLength,
      passwordMaxLength: PASSWORD_MAXIMUM_CODE_POINTS,
      passwordAdvice: passwordAdvice[locale](config.password.minimumLength),
      usernamePattern: usernamePattern.source,
      registration: config.registrationOpen ? 'OPEN' : 'CLOSED',
      twoFactorRequiredFor: config.twoFactorRequiredFor,
      passkeys: config.passkeys.areOffered,
      passkeyRpId: config.passkeys.rpId,
      trustedBrowserDays: config.trustedBrowserDays || null,
      accessTokenMaxDays: config.accessTokenMaxDays,
    };
  }
}
