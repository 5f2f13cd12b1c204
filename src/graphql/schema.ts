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
import { FactorAdoptionResolver } from '../features/administration/factor-adoption.resolver.js';
import { UserAccessResolver } from '../features/administration/user-access.resolver.js';
import { UserListResolver } from '../features/administration/user-list.resolver.js';
import { CallKeyResolver } from '../features/call-key/call-key.resolver.js';
import { CallKeyConnectionResolver, CallKeysResolver } from '../features/call-key/call-keys.resolver.js';
import { AllowedActionsResolver } from '../features/administration/allowed-actions.resolver.js';
import { UserStateResolver } from '../features/administration/user-state.resolver.js';
import { AccessTokenResolver } from '../features/access-token/access-token.resolver.js';
import { AccountClosureResolver } from '../features/account-closure/account-closure.resolver.js';
import { RevokeEverythingResolver } from '../features/revoke-everything/revoke-everything.resolver.js';
import { EventAccessTokenResolver } from '../features/access-token/event-access-token.resolver.js';
import { IdentityTokenResolver } from '../features/service-auth/identity-token.resolver.js';
import { ApiTokenResolver } from '../features/api-token/api-token.resolver.js';
import { VerifyCredentialResolver } from '../features/service-auth/verify-credential.resolver.js';
import { SecurityFindingResolver } from '../features/security-finding/security-finding.resolver.js';
import { SessionResolver } from '../features/session/session.resolver.js';
import { SignInResolver } from '../features/sign-in/sign-in.resolver.js';
import { PasskeyResolver } from '../features/passkey/passkey.resolver.js';
import { TrustedBrowserResolver } from '../features/trusted-browser/trusted-browser.resolver.js';
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
import {
  AllUsageBreakdownResolver,
  UsageBreakdownResolver,
  UsageShareResolver,
} from '../features/usage/usage-breakdown.resolver.js';
import { UsageWarningsResolver } from '../features/usage/usage-warnings.resolver.js';
import { TwoFactorEnrolmentResolver } from '../features/two-factor/two-factor-enrolment.resolver.js';
import { TwoFactorResolver } from '../features/two-factor/two-factor.resolver.js';
import { WebhookDeliveriesResolver, WebhookResolver } from '../features/webhook/webhook.resolver.js';
import { UsernameResolver } from '../features/username/username.resolver.js';
import type { Config } from '../config/config.js';
import { authDirective } from '../graphql-kit/auth-directive.js';
import { enforceAuth } from './auth/enforce-auth.js';
import { withFederation } from './federation/with-federation.js';
import { NodeResolver } from './node.resolver.js';
import { withOneOfInputs } from './limits/one-of-inputs.js';
import { withUserErrors } from '../graphql-kit/user-errors.js';

/** The declared schema: types, fields, and who may use them. */
export function declareSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      AllSecurityEventsResolver,
      AllUsageBreakdownResolver,
      AllUsageLogsResolver,
      AllUsageSumsResolver,
      ApiTokenResolver,
      AccessTokenResolver,
      EventAccessTokenResolver,
      RevokeEverythingResolver,
      AccountClosureResolver,
      IdentityTokenResolver,
      CallKeyConnectionResolver,
      CallKeyResolver,
      CallKeysResolver,
      EmailResolver,
      VerifyCredentialResolver,
      FactorAdoptionResolver,
      LocaleResolver,
      MeResolver,
      NodeResolver,
      PasskeyResolver,
      TrustedBrowserResolver,
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
      UsageBreakdownResolver,
      UsageLogResolver,
      UsageLogsResolver,
      UsageShareResolver,
      UsageSummaryResolver,
      UsageSumsResolver,
      UsageWarningsResolver,
      UserAccessResolver,
      UserListResolver,
      UserStateResolver,
      AllowedActionsResolver,
      UsernameResolver,
      WebhookDeliveriesResolver,
      WebhookResolver,
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
export function buildExecutableSchema({ federation }: Partial<Pick<Config, 'federation'>> = {}): GraphQLSchema {
  const schema = declareSchema();
  return enforceAuth(withUserErrors(federation ? withFederation(schema) : schema));
}
