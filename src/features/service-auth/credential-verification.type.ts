import { Field, ID, ObjectType } from 'type-graphql';
import { RoleEnum } from '../account/user.type.js';
import { TokenScopeEnum } from '../../graphql-kit/auth-directive.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { toGlobalId } from '../../rules/global-id.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import type { Role } from '../../rules/role.js';
import type { TokenScope } from '../../rules/token-scope.js';
import type { Factor } from '../session/session.entity.js';
import { FactorEnum } from '../session/session.type.js';
import type { CredentialKind, VerifiedCredential } from './verify-credential.js';

const VerifiedCredentialEnum = graphqlEnum<CredentialKind>(
  'VerifiedCredential',
  'The kinds of credentials that Postern verifies for other services.',
  {
    SESSION: 'A session, by the value of its cookie or its bearer token.',
    API_TOKEN: 'The API token of a user.',
    ACCESS_TOKEN: 'An access token of a user.',
  },
);

@ObjectType('CredentialVerification', {
  description: 'Whether a credential is valid, and whose it is. All other fields are null if it isn’t.',
  simpleResolvers: true,
})
export class CredentialVerificationType {
  @Field(() => Boolean, { description: 'Whether the credential is valid now.' })
  active!: boolean;

  @Field(() => VerifiedCredentialEnum, { nullable: true, description: 'The kind of the credential.' })
  kind?: CredentialKind | null;

  @Field(() => ID, { nullable: true, description: 'The ID of the user. It never changes and is never given again.' })
  userId?: string | null;

  @Field(() => String, { nullable: true, description: 'The username of the user, which can change.' })
  username?: string | null;

  @Field(() => RoleEnum, {
    nullable: true,
    description:
      'The role of the user of a session: USER while the account lacks the second factor that its role requires. Null for tokens: decide by their scopes.',
  })
  role?: Role | null;

  @Field(() => [FactorEnum], {
    nullable: true,
    description: 'The factors that the user verified in the session. Null for tokens.',
  })
  factors?: readonly Factor[] | null;

  @Field(() => [TokenScopeEnum], {
    nullable: true,
    description: 'What the token may do now. Null for a session.',
  })
  scopes?: readonly TokenScope[] | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the user last signed in or confirmed their identity in the session. Null for tokens.',
  })
  authenticatedAt?: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the credential expires at the latest. Null for the API token. It can be revoked earlier.',
  })
  expiresAt?: Date | null;
}

/** Maps the result of a verification. */
export function toCredentialVerification(verified: VerifiedCredential | null): CredentialVerificationType {
  if (verified === null) return { active: false };
  const { kind, accountId, username, expiresAt } = verified;
  const common = { active: true, kind, userId: toGlobalId('User', accountId), username, expiresAt };
  if (verified.kind !== 'SESSION') return { ...common, scopes: verified.scopes };
  const { role, factors, authenticatedAt } = verified;
  return { ...common, role, factors, authenticatedAt };
}
