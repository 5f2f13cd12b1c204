import 'reflect-metadata';
import { GraphQLSchema, specifiedDirectives } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { LocaleResolver } from '../features/account/locale.resolver.js';
import { MeResolver } from '../features/account/me.resolver.js';
import { EmailResolver } from '../features/email-address/email.resolver.js';
import { RecoveryResolver } from '../features/recovery/recovery.resolver.js';
import {
  AllSecurityEventsResolver,
  SecurityEventResolver,
  SecurityEventsResolver,
} from '../features/security-event/security-event.resolver.js';
import { UserAccessResolver } from '../features/administration/user-access.resolver.js';
import { UserListResolver } from '../features/administration/user-list.resolver.js';
import { CallKeyResolver } from '../features/call-key/call-key.resolver.js';
import { CallKeyConnectionResolver, CallKeysResolver } from '../features/call-key/call-keys.resolver.js';
import { AllowedActionsResolver } from '../features/administration/allowed-actions.resolver.js';
import { UserStateResolver } from '../features/administration/user-state.resolver.js';
import { ApiTokenResolver } from '../features/api-token/api-token.resolver.js';
import { SecurityFindingResolver } from '../features/security-finding/security-finding.resolver.js';
import { SessionResolver } from '../features/session/session.resolver.js';
import { SignInResolver } from '../features/sign-in/sign-in.resolver.js';
import { PasswordResolver } from '../features/password/password.resolver.js';
import { PolicyResolver } from '../features/sign-up/policy.resolver.js';
import { SignUpResolver } from '../features/sign-up/sign-up.resolver.js';
import { RecordUsageResolver } from '../features/usage/record-usage.resolver.js';
import { AllUsageLogsResolver, UsageLogResolver, UsageLogsResolver } from '../features/usage/usage-logs.resolver.js';
import {
  AllUsageSumsResolver,
  UsageSummaryResolver,
  UsageSumsResolver,
} from '../features/usage/usage-sums.resolver.js';
import { TwoFactorEnrolmentResolver } from '../features/two-factor/two-factor-enrolment.resolver.js';
import { TwoFactorResolver } from '../features/two-factor/two-factor.resolver.js';
import { UsernameResolver } from '../features/username/username.resolver.js';
import { authDirective } from '../graphql-kit/auth-directive.js';
import { enforceAuth } from './auth/enforce-auth.js';
import { NodeResolver } from './node.resolver.js';
import { withOneOfInputs } from './limits/one-of-inputs.js';
import { withUserErrors } from '../graphql-kit/user-errors.js';

/** The declared schema: types, fields, and who may use them. */
export function declareSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      AllSecurityEventsResolver,
      AllUsageLogsResolver,
      AllUsageSumsResolver,
      ApiTokenResolver,
      CallKeyConnectionResolver,
      CallKeyResolver,
      CallKeysResolver,
      EmailResolver,
      LocaleResolver,
      MeResolver,
      NodeResolver,
      PasswordResolver,
      PolicyResolver,
      RecordUsageResolver,
      RecoveryResolver,
      SecurityEventResolver,
      SecurityEventsResolver,
      SecurityFindingResolver,
      SessionResolver,
      SignInResolver,
      SignUpResolver,
      TwoFactorEnrolmentResolver,
      TwoFactorResolver,
      UsageLogResolver,
      UsageLogsResolver,
      UsageSummaryResolver,
      UsageSumsResolver,
      UserAccessResolver,
      UserListResolver,
      UserStateResolver,
      AllowedActionsResolver,
      UsernameResolver,
    ],
    validate: false,
  });
  addRootDescriptions(schema);
  const { types, directives: _, ...config } = schema.toConfig();
  return withOneOfInputs(
    new GraphQLSchema({ ...config, types, directives: [...specifiedDirectives, authDirective(schema)] }),
  );
}

/** Describes the two root types, which type-graphql creates without a description. */
function addRootDescriptions(schema: GraphQLSchema): void {
  Object.assign(schema.getQueryType() ?? {}, { description: 'All read operations.' });
  Object.assign(schema.getMutationType() ?? {}, {
    description: 'All write operations. Each returns a payload whose userErrors explain what was refused.',
  });
}

/** The executable schema: the declared one with `@auth` enforced and refusals returned as data. */
export const buildExecutableSchema = (): GraphQLSchema => enforceAuth(withUserErrors(declareSchema()));
