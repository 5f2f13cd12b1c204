/* eslint-disable */
import * as types from './graphql.js';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation CreateAccessToken($input: CreateAccessTokenInput!) {\n    createAccessToken(input: $input) { token accessToken { id } userErrors { code field message } }\n  }\n": typeof types.CreateAccessTokenDocument,
    "\n  mutation UpdateAccessToken($input: UpdateAccessTokenInput!) {\n    updateAccessToken(input: $input) { accessToken { id } userErrors { code field message } }\n  }\n": typeof types.UpdateAccessTokenDocument,
    "\n  mutation RotateAccessToken($input: RotateAccessTokenInput!) {\n    rotateAccessToken(input: $input) { token accessToken { id } userErrors { code field message } }\n  }\n": typeof types.RotateAccessTokenDocument,
    "\n  mutation RevokeAccessTokens($input: RevokeAccessTokensInput!) {\n    revokeAccessTokens(input: $input) { revokedIds userErrors { code field message } }\n  }\n": typeof types.RevokeAccessTokensDocument,
    "\n  mutation DeleteMyAccount($input: DeleteMyAccountInput!) {\n    deleteMyAccount(input: $input) { erasedAt userErrors { code field message } }\n  }\n": typeof types.DeleteMyAccountDocument,
    "\n  mutation CancelAccountDeletion($input: CancelAccountDeletionInput!) {\n    cancelAccountDeletion(input: $input) { passwordResetToken userErrors { code field message } }\n  }\n": typeof types.CancelAccountDeletionDocument,
    "mutation SetUserStatus($input: SetUserStatusInput!) { setUserStatus(input: $input) { user { id } userErrors { code field message } } }": typeof types.SetUserStatusDocument,
    "mutation SetUserRole($input: SetUserRoleInput!) { setUserRole(input: $input) { user { id } userErrors { code field message } } }": typeof types.SetUserRoleDocument,
    "mutation ResetUserTwoFactor($input: ResetUserTwoFactorInput!) { resetUserTwoFactor(input: $input) { user { id } userErrors { code field message } } }": typeof types.ResetUserTwoFactorDocument,
    "mutation SendUserPasswordReset($input: SendUserPasswordResetInput!) { sendUserPasswordReset(input: $input) { resetLink userErrors { code field message } } }": typeof types.SendUserPasswordResetDocument,
    "mutation RevokeUserSessions($input: RevokeUserSessionsInput!) { revokeUserSessions(input: $input) { revokedCount userErrors { code field message } } }": typeof types.RevokeUserSessionsDocument,
    "mutation ResetServiceToken($input: ResetServiceTokenInput!) { resetServiceToken(input: $input) { token userErrors { code field message } } }": typeof types.ResetServiceTokenDocument,
    "mutation DeleteUser($input: DeleteUserInput!) { deleteUser(input: $input) { deletedUserId userErrors { code field message } } }": typeof types.DeleteUserDocument,
    "mutation RestoreUser($input: RestoreUserInput!) { restoreUser(input: $input) { user { id } userErrors { code field message } } }": typeof types.RestoreUserDocument,
    "\n  query AllSecurityEvents($filter: AllSecurityEventsFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    securityEvents(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id at type outcome reason detail ip device requestId user { id username } actor { id username } accessToken { id name } } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n": typeof types.AllSecurityEventsDocument,
    "\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) { user { id } passwordLink serviceToken userErrors { code field message } }\n  }\n": typeof types.CreateUserDocument,
    "\n  query FactorAdoption { factorAdoption { role users totp passkey none } }\n": typeof types.FactorAdoptionDocument,
    "\n  query UserList($filter: UserFilter, $orderBy: UserOrder, $first: Int, $after: String, $last: Int, $before: String) {\n    users(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {\n      totalCount\n      edges { cursor node { id username role status email createdAt lastLoginAt twoFactor { enabled } } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n": typeof types.UserListDocument,
    "\n  query UserDetails($id: ID!) {\n    user(id: $id) {\n      id username role status email createdAt lastLoginAt passwordChangedAt allowedActions serviceScopes\n      twoFactor { enabled enabledAt backupCodesLeft }\n      apiToken { hint createdAt lastUsedAt }\n      accessTokens { id name hint scopes allowedIps status createdAt expiresAt lastUsedAt lastUsedIp oldTokenValidUntil }\n      sessions { id lastSeenAt ip device }\n      deletion: securityEvents(first: 1, filter: { types: [DELETION_REQUESTED, USER_DELETED] }) { edges { cursor node { id at type } } }\n      callKeys(first: 100) { totalCount edges { cursor node { id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed period periodQuota periodUsed periodTimeZone periodResetsAt requestsPerMinuteLimit tokensPerMinuteLimit oldKeyValidUntil } } }\n      usageSummary { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }\n    }\n  }\n": typeof types.UserDetailsDocument,
    "\n  query EventsOfUser($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    user(id: $id) {\n      id\n      securityEvents(first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type outcome reason detail ip device actor { id username } accessToken { id name } } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n": typeof types.EventsOfUserDocument,
    "\n  mutation StartPasskeyConfirmation { startPasskeyConfirmation { options userErrors { code field message } } }\n": typeof types.StartPasskeyConfirmationDocument,
    "\n  query MyCallKeys($filter: CallKeyFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      id\n      callKeys(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n        totalCount\n        edges { cursor node { id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed period periodQuota periodUsed periodTimeZone periodResetsAt requestsPerMinuteLimit tokensPerMinuteLimit oldKeyValidUntil } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n": typeof types.MyCallKeysDocument,
    "\n  mutation CreateCallKey($input: CreateCallKeyInput!) {\n    createCallKey(input: $input) { key callKey { id } userErrors { code field message } }\n  }\n": typeof types.CreateCallKeyDocument,
    "\n  mutation UpdateCallKey($input: UpdateCallKeyInput!) {\n    updateCallKey(input: $input) { callKey { id } userErrors { code field message } }\n  }\n": typeof types.UpdateCallKeyDocument,
    "\n  mutation RotateCallKey($input: RotateCallKeyInput!) {\n    rotateCallKey(input: $input) { key callKey { id } userErrors { code field message } }\n  }\n": typeof types.RotateCallKeyDocument,
    "\n  mutation EndCallKeyGrace($input: EndCallKeyGraceInput!) {\n    endCallKeyGrace(input: $input) { callKey { id } userErrors { code field message } }\n  }\n": typeof types.EndCallKeyGraceDocument,
    "\n  mutation DeleteCallKeys($input: DeleteCallKeysInput!) {\n    deleteCallKeys(input: $input) { deletedIds userErrors { code field message } }\n  }\n": typeof types.DeleteCallKeysDocument,
    "\n  query MyUsageWarnings {\n    me { id email usageWarnings }\n  }\n": typeof types.MyUsageWarningsDocument,
    "\n  mutation SetUsageWarnings($input: SetUsageWarningsInput!) {\n    setUsageWarnings(input: $input) { user { id usageWarnings } userErrors { code field message } }\n  }\n": typeof types.SetUsageWarningsDocument,
    "\n  query MyUsage($filter: UsageLogFilter, $interval: UsageInterval!, $timeZone: String!) {\n    me {\n      id\n      usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }\n      usageSeries(filter: $filter, interval: $interval, timeZone: $timeZone) { at requests errors tokens quota }\n    }\n  }\n": typeof types.MyUsageDocument,
    "\n  query AllUsage($filter: AllUsageLogsFilter, $interval: UsageInterval!, $timeZone: String!) {\n    usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }\n    usageSeries(filter: $filter, interval: $interval, timeZone: $timeZone) { at requests errors tokens quota }\n  }\n": typeof types.AllUsageDocument,
    "\n  query MyUsageShares($filter: UsageLogFilter, $by: UsageDimension!) {\n    me {\n      id\n      usageBreakdown(filter: $filter, by: $by, first: 5) { label requests errors tokens quota callKey { id } }\n    }\n  }\n": typeof types.MyUsageSharesDocument,
    "\n  query AllUsageShares($filter: AllUsageLogsFilter, $by: UsageDimension!) {\n    usageBreakdown(filter: $filter, by: $by, first: 5) {\n      label requests errors tokens quota\n      callKey { id }\n      user { id username }\n    }\n  }\n": typeof types.AllUsageSharesDocument,
    "\n  query MyUsageLogs($filter: UsageLogFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      id\n      usageLogs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type callKeyName callKey { id } model promptTokens completionTokens quota latencyMs requestId ip } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n": typeof types.MyUsageLogsDocument,
    "\n  query AllUsageLogs($filter: AllUsageLogsFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    usageLogs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id at type callKeyName callKey { id } user { id username } model promptTokens completionTokens quota latencyMs requestId ip } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n": typeof types.AllUsageLogsDocument,
    "\n  query MyKeyNames { me { id callKeys(first: 100) { edges { cursor node { id name } } } } }\n": typeof types.MyKeyNamesDocument,
    "\n  mutation StartPasskeyRegistration($input: StartPasskeyRegistrationInput) {\n    startPasskeyRegistration(input: $input) { options userErrors { code field message } }\n  }\n": typeof types.StartPasskeyRegistrationDocument,
    "\n  mutation RegisterPasskey($input: RegisterPasskeyInput!) {\n    registerPasskey(input: $input) { passkey { id name } backupCodes userErrors { code field message } }\n  }\n": typeof types.RegisterPasskeyDocument,
    "\n  mutation ViewApiToken { viewApiToken { token userErrors { code field message } } }\n": typeof types.ViewApiTokenDocument,
    "\n  mutation ResetApiToken { resetApiToken { token apiToken { hint } userErrors { code field message } } }\n": typeof types.ResetApiTokenDocument,
    "\n  mutation SendVerificationCode($input: SendVerificationCodeInput!) {\n    sendVerificationCode(input: $input) { expiresAt resendAfter userErrors { code field message } }\n  }\n": typeof types.SendVerificationCodeDocument,
    "\n  mutation BindEmail($input: BindEmailInput!) {\n    bindEmail(input: $input) { user { id email } userErrors { code field message } }\n  }\n": typeof types.BindEmailDocument,
    "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) { user { id passwordChangedAt } userErrors { code field message } }\n  }\n": typeof types.ChangePasswordDocument,
    "\n  mutation EnableTwoFactor($input: EnableTwoFactorInput) { enableTwoFactor(input: $input) { enrolment { secret qrCode } userErrors { code field message } } }\n": typeof types.EnableTwoFactorDocument,
    "\n  mutation ConfirmTwoFactor($input: ConfirmTwoFactorInput!) {\n    confirmTwoFactor(input: $input) { user { id twoFactor { enabled enabledAt backupCodesLeft factors } } backupCodes userErrors { code field message } }\n  }\n": typeof types.ConfirmTwoFactorDocument,
    "\n  query MyEvents($first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      id\n      securityEvents(first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type outcome reason ip device actor { id username role } accessToken { id name } } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n": typeof types.MyEventsDocument,
    "\n  query MyProfile {\n    me {\n      id username email createdAt passwordChangedAt\n      twoFactor { enabled enabledAt backupCodesLeft factors }\n      passkeys { id name provider synced signsIn credentialId createdAt lastUsedAt }\n      apiToken { hint createdAt lastUsedAt lastUsedIp }\n      accessTokens { id name hint scopes allowedIps status lastUsedAt lastUsedIp expiresAt oldTokenValidUntil }\n      sessions { id current createdAt lastSeenAt ip device factors }\n      trustedBrowsers { id current device ip createdAt lastUsedAt expiresAt }\n      securityFindings { code severity message subject { id ... on CallKey { name } } }\n    }\n  }\n": typeof types.MyProfileDocument,
    "\n  mutation RenamePasskey($input: RenamePasskeyInput!) { renamePasskey(input: $input) { passkey { id name } userErrors { code field message } } }\n": typeof types.RenamePasskeyDocument,
    "\n  mutation DeletePasskey($input: DeletePasskeyInput!) { deletePasskey(input: $input) { deletedPasskeyId userErrors { code field message } } }\n": typeof types.DeletePasskeyDocument,
    "\n  mutation RevokeSession($input: RevokeSessionInput!) { revokeSession(input: $input) { revokedSessionId userErrors { code field message } } }\n": typeof types.RevokeSessionDocument,
    "\n  mutation RevokeOtherSessions { revokeOtherSessions { revokedCount userErrors { code field message } } }\n": typeof types.RevokeOtherSessionsDocument,
    "\n  mutation ForgetTrustedBrowsers($input: ForgetTrustedBrowsersInput!) {\n    forgetTrustedBrowsers(input: $input) { forgottenIds userErrors { code field message } }\n  }\n": typeof types.ForgetTrustedBrowsersDocument,
    "\n  mutation DisableTwoFactor($input: DisableTwoFactorInput!) {\n    disableTwoFactor(input: $input) { user { id twoFactor { enabled factors } } userErrors { code field message } }\n  }\n": typeof types.DisableTwoFactorDocument,
    "\n  mutation RegenerateBackupCodes($input: RegenerateBackupCodesInput!) {\n    regenerateBackupCodes(input: $input) { backupCodes userErrors { code field message } }\n  }\n": typeof types.RegenerateBackupCodesDocument,
    "\n  mutation ChangeUsername($input: ChangeUsernameInput!) {\n    changeUsername(input: $input) { user { id username } userErrors { code field message } }\n  }\n": typeof types.ChangeUsernameDocument,
    "\n  mutation RevokeEverything($input: RevokeEverythingInput!) {\n    revokeEverything(input: $input) { sessions accessTokens callKeys userErrors { code field message } }\n  }\n": typeof types.RevokeEverythingDocument,
    "\n  query LiveCallKeys {\n    me { id callKeys(filter: { status: ACTIVE }, first: 20) { totalCount edges { node { id name hint } } } }\n  }\n": typeof types.LiveCallKeysDocument,
    "\n  mutation ConfirmIdentity($input: ConfirmIdentityInput!) {\n    confirmIdentity(input: $input) { stepUpExpiresAt userErrors { code field message } }\n  }\n": typeof types.ConfirmIdentityDocument,
    "\n  query Viewer {\n    me { id username role locale twoFactor { enabled factors } passkeys { id signsIn credentialId } passkeyUserId }\n    policy { registration passwordMinLength passwordAdvice twoFactorRequiredFor passkeys passkeyRpId trustedBrowserDays accessTokenMaxDays }\n  }\n": typeof types.ViewerDocument,
    "\n  mutation Logout { logout { userErrors { code field message } } }\n": typeof types.LogoutDocument,
    "\n  mutation SetLocale($input: SetLocaleInput!) {\n    setLocale(input: $input) { user { id locale } userErrors { code field message } }\n  }\n": typeof types.SetLocaleDocument,
    "\n  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {\n    requestPasswordReset(input: $input) { userErrors { code field message } }\n  }\n": typeof types.RequestPasswordResetDocument,
    "\n  mutation ResetPassword($input: ResetPasswordInput!) {\n    resetPassword(input: $input) { userErrors { code field message } }\n  }\n": typeof types.ResetPasswordDocument,
    "\n  mutation StartPasskeyRecovery($input: StartPasskeyRecoveryInput!) {\n    startPasskeyRecovery(input: $input) { options userErrors { code field message } }\n  }\n": typeof types.StartPasskeyRecoveryDocument,
    "\n  mutation RevertEmailChange($input: RevertEmailChangeInput!) {\n    revertEmailChange(input: $input) { passwordResetToken userErrors { code field message } }\n  }\n": typeof types.RevertEmailChangeDocument,
    "\n  mutation VerifySecondFactor($input: VerifySecondFactorInput!) {\n    verifySecondFactor(input: $input) { user { id } backupCodesLeft passkeyOptions userErrors { code field message } }\n  }\n": typeof types.VerifySecondFactorDocument,
    "\n  mutation CompleteSetup($input: CompleteSetupInput!) {\n    completeSetup(input: $input) { user { id } userErrors { code field message } }\n  }\n": typeof types.CompleteSetupDocument,
    "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      user { id }\n      secondFactor { challenge factors passkeyOptions }\n      userErrors { code field message }\n    }\n  }\n": typeof types.LoginDocument,
    "\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) { user { id } userErrors { code field message } }\n  }\n": typeof types.RegisterDocument,
    "\n  mutation StartPasskeyLogin { startPasskeyLogin { options userErrors { code field message } } }\n": typeof types.StartPasskeyLoginDocument,
    "\n  mutation LoginWithPasskey($input: LoginWithPasskeyInput!) {\n    loginWithPasskey(input: $input) { user { id } userErrors { code field message } }\n  }\n": typeof types.LoginWithPasskeyDocument,
    "\n  query WebhookList { webhooks { id url description eventTypes status createdAt } }\n": typeof types.WebhookListDocument,
    "\n  query WebhookDetails($id: ID!) {\n    node(id: $id) { __typename ... on Webhook { id url description eventTypes status createdAt } }\n  }\n": typeof types.WebhookDetailsDocument,
    "\n  query WebhookDeliveries($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    node(id: $id) {\n      __typename\n      ... on Webhook {\n        id\n        deliveries(first: $first, after: $after, last: $last, before: $before) {\n          edges { cursor node { id eventId at eventType status attempts responseStatus nextAttemptAt } }\n          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n        }\n      }\n    }\n  }\n": typeof types.WebhookDeliveriesDocument,
    "\n  query DeliveryResult($id: ID!) {\n    node(id: $id) { __typename ... on WebhookDelivery { id status attempts responseStatus } }\n  }\n": typeof types.DeliveryResultDocument,
    "\n  mutation CreateWebhook($input: CreateWebhookInput!) {\n    createWebhook(input: $input) { secret webhook { id } userErrors { code field message } }\n  }\n": typeof types.CreateWebhookDocument,
    "\n  mutation UpdateWebhook($input: UpdateWebhookInput!) {\n    updateWebhook(input: $input) { webhook { id } userErrors { code field message } }\n  }\n": typeof types.UpdateWebhookDocument,
    "\n  mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {\n    rotateWebhookSecret(input: $input) { secret webhook { id } userErrors { code field message } }\n  }\n": typeof types.RotateWebhookSecretDocument,
    "\n  mutation DeleteWebhook($input: DeleteWebhookInput!) {\n    deleteWebhook(input: $input) { deletedWebhookId userErrors { code field message } }\n  }\n": typeof types.DeleteWebhookDocument,
    "\n  mutation TestWebhook($input: TestWebhookInput!) {\n    testWebhook(input: $input) {\n      delivery { id status attempts responseStatus }\n      userErrors { code field message }\n    }\n  }\n": typeof types.TestWebhookDocument,
    "\n  mutation RedeliverWebhook($input: RedeliverWebhookInput!) {\n    redeliverWebhook(input: $input) {\n      delivery { id status attempts responseStatus }\n      userErrors { code field message }\n    }\n  }\n": typeof types.RedeliverWebhookDocument,
};
const documents: Documents = {
    "\n  mutation CreateAccessToken($input: CreateAccessTokenInput!) {\n    createAccessToken(input: $input) { token accessToken { id } userErrors { code field message } }\n  }\n": types.CreateAccessTokenDocument,
    "\n  mutation UpdateAccessToken($input: UpdateAccessTokenInput!) {\n    updateAccessToken(input: $input) { accessToken { id } userErrors { code field message } }\n  }\n": types.UpdateAccessTokenDocument,
    "\n  mutation RotateAccessToken($input: RotateAccessTokenInput!) {\n    rotateAccessToken(input: $input) { token accessToken { id } userErrors { code field message } }\n  }\n": types.RotateAccessTokenDocument,
    "\n  mutation RevokeAccessTokens($input: RevokeAccessTokensInput!) {\n    revokeAccessTokens(input: $input) { revokedIds userErrors { code field message } }\n  }\n": types.RevokeAccessTokensDocument,
    "\n  mutation DeleteMyAccount($input: DeleteMyAccountInput!) {\n    deleteMyAccount(input: $input) { erasedAt userErrors { code field message } }\n  }\n": types.DeleteMyAccountDocument,
    "\n  mutation CancelAccountDeletion($input: CancelAccountDeletionInput!) {\n    cancelAccountDeletion(input: $input) { passwordResetToken userErrors { code field message } }\n  }\n": types.CancelAccountDeletionDocument,
    "mutation SetUserStatus($input: SetUserStatusInput!) { setUserStatus(input: $input) { user { id } userErrors { code field message } } }": types.SetUserStatusDocument,
    "mutation SetUserRole($input: SetUserRoleInput!) { setUserRole(input: $input) { user { id } userErrors { code field message } } }": types.SetUserRoleDocument,
    "mutation ResetUserTwoFactor($input: ResetUserTwoFactorInput!) { resetUserTwoFactor(input: $input) { user { id } userErrors { code field message } } }": types.ResetUserTwoFactorDocument,
    "mutation SendUserPasswordReset($input: SendUserPasswordResetInput!) { sendUserPasswordReset(input: $input) { resetLink userErrors { code field message } } }": types.SendUserPasswordResetDocument,
    "mutation RevokeUserSessions($input: RevokeUserSessionsInput!) { revokeUserSessions(input: $input) { revokedCount userErrors { code field message } } }": types.RevokeUserSessionsDocument,
    "mutation ResetServiceToken($input: ResetServiceTokenInput!) { resetServiceToken(input: $input) { token userErrors { code field message } } }": types.ResetServiceTokenDocument,
    "mutation DeleteUser($input: DeleteUserInput!) { deleteUser(input: $input) { deletedUserId userErrors { code field message } } }": types.DeleteUserDocument,
    "mutation RestoreUser($input: RestoreUserInput!) { restoreUser(input: $input) { user { id } userErrors { code field message } } }": types.RestoreUserDocument,
    "\n  query AllSecurityEvents($filter: AllSecurityEventsFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    securityEvents(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id at type outcome reason detail ip device requestId user { id username } actor { id username } accessToken { id name } } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n": types.AllSecurityEventsDocument,
    "\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) { user { id } passwordLink serviceToken userErrors { code field message } }\n  }\n": types.CreateUserDocument,
    "\n  query FactorAdoption { factorAdoption { role users totp passkey none } }\n": types.FactorAdoptionDocument,
    "\n  query UserList($filter: UserFilter, $orderBy: UserOrder, $first: Int, $after: String, $last: Int, $before: String) {\n    users(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {\n      totalCount\n      edges { cursor node { id username role status email createdAt lastLoginAt twoFactor { enabled } } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n": types.UserListDocument,
    "\n  query UserDetails($id: ID!) {\n    user(id: $id) {\n      id username role status email createdAt lastLoginAt passwordChangedAt allowedActions serviceScopes\n      twoFactor { enabled enabledAt backupCodesLeft }\n      apiToken { hint createdAt lastUsedAt }\n      accessTokens { id name hint scopes allowedIps status createdAt expiresAt lastUsedAt lastUsedIp oldTokenValidUntil }\n      sessions { id lastSeenAt ip device }\n      deletion: securityEvents(first: 1, filter: { types: [DELETION_REQUESTED, USER_DELETED] }) { edges { cursor node { id at type } } }\n      callKeys(first: 100) { totalCount edges { cursor node { id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed period periodQuota periodUsed periodTimeZone periodResetsAt requestsPerMinuteLimit tokensPerMinuteLimit oldKeyValidUntil } } }\n      usageSummary { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }\n    }\n  }\n": types.UserDetailsDocument,
    "\n  query EventsOfUser($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    user(id: $id) {\n      id\n      securityEvents(first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type outcome reason detail ip device actor { id username } accessToken { id name } } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n": types.EventsOfUserDocument,
    "\n  mutation StartPasskeyConfirmation { startPasskeyConfirmation { options userErrors { code field message } } }\n": types.StartPasskeyConfirmationDocument,
    "\n  query MyCallKeys($filter: CallKeyFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      id\n      callKeys(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n        totalCount\n        edges { cursor node { id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed period periodQuota periodUsed periodTimeZone periodResetsAt requestsPerMinuteLimit tokensPerMinuteLimit oldKeyValidUntil } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n": types.MyCallKeysDocument,
    "\n  mutation CreateCallKey($input: CreateCallKeyInput!) {\n    createCallKey(input: $input) { key callKey { id } userErrors { code field message } }\n  }\n": types.CreateCallKeyDocument,
    "\n  mutation UpdateCallKey($input: UpdateCallKeyInput!) {\n    updateCallKey(input: $input) { callKey { id } userErrors { code field message } }\n  }\n": types.UpdateCallKeyDocument,
    "\n  mutation RotateCallKey($input: RotateCallKeyInput!) {\n    rotateCallKey(input: $input) { key callKey { id } userErrors { code field message } }\n  }\n": types.RotateCallKeyDocument,
    "\n  mutation EndCallKeyGrace($input: EndCallKeyGraceInput!) {\n    endCallKeyGrace(input: $input) { callKey { id } userErrors { code field message } }\n  }\n": types.EndCallKeyGraceDocument,
    "\n  mutation DeleteCallKeys($input: DeleteCallKeysInput!) {\n    deleteCallKeys(input: $input) { deletedIds userErrors { code field message } }\n  }\n": types.DeleteCallKeysDocument,
    "\n  query MyUsageWarnings {\n    me { id email usageWarnings }\n  }\n": types.MyUsageWarningsDocument,
    "\n  mutation SetUsageWarnings($input: SetUsageWarningsInput!) {\n    setUsageWarnings(input: $input) { user { id usageWarnings } userErrors { code field message } }\n  }\n": types.SetUsageWarningsDocument,
    "\n  query MyUsage($filter: UsageLogFilter, $interval: UsageInterval!, $timeZone: String!) {\n    me {\n      id\n      usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }\n      usageSeries(filter: $filter, interval: $interval, timeZone: $timeZone) { at requests errors tokens quota }\n    }\n  }\n": types.MyUsageDocument,
    "\n  query AllUsage($filter: AllUsageLogsFilter, $interval: UsageInterval!, $timeZone: String!) {\n    usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }\n    usageSeries(filter: $filter, interval: $interval, timeZone: $timeZone) { at requests errors tokens quota }\n  }\n": types.AllUsageDocument,
    "\n  query MyUsageShares($filter: UsageLogFilter, $by: UsageDimension!) {\n    me {\n      id\n      usageBreakdown(filter: $filter, by: $by, first: 5) { label requests errors tokens quota callKey { id } }\n    }\n  }\n": types.MyUsageSharesDocument,
    "\n  query AllUsageShares($filter: AllUsageLogsFilter, $by: UsageDimension!) {\n    usageBreakdown(filter: $filter, by: $by, first: 5) {\n      label requests errors tokens quota\n      callKey { id }\n      user { id username }\n    }\n  }\n": types.AllUsageSharesDocument,
    "\n  query MyUsageLogs($filter: UsageLogFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      id\n      usageLogs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type callKeyName callKey { id } model promptTokens completionTokens quota latencyMs requestId ip } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n": types.MyUsageLogsDocument,
    "\n  query AllUsageLogs($filter: AllUsageLogsFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    usageLogs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id at type callKeyName callKey { id } user { id username } model promptTokens completionTokens quota latencyMs requestId ip } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n": types.AllUsageLogsDocument,
    "\n  query MyKeyNames { me { id callKeys(first: 100) { edges { cursor node { id name } } } } }\n": types.MyKeyNamesDocument,
    "\n  mutation StartPasskeyRegistration($input: StartPasskeyRegistrationInput) {\n    startPasskeyRegistration(input: $input) { options userErrors { code field message } }\n  }\n": types.StartPasskeyRegistrationDocument,
    "\n  mutation RegisterPasskey($input: RegisterPasskeyInput!) {\n    registerPasskey(input: $input) { passkey { id name } backupCodes userErrors { code field message } }\n  }\n": types.RegisterPasskeyDocument,
    "\n  mutation ViewApiToken { viewApiToken { token userErrors { code field message } } }\n": types.ViewApiTokenDocument,
    "\n  mutation ResetApiToken { resetApiToken { token apiToken { hint } userErrors { code field message } } }\n": types.ResetApiTokenDocument,
    "\n  mutation SendVerificationCode($input: SendVerificationCodeInput!) {\n    sendVerificationCode(input: $input) { expiresAt resendAfter userErrors { code field message } }\n  }\n": types.SendVerificationCodeDocument,
    "\n  mutation BindEmail($input: BindEmailInput!) {\n    bindEmail(input: $input) { user { id email } userErrors { code field message } }\n  }\n": types.BindEmailDocument,
    "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) { user { id passwordChangedAt } userErrors { code field message } }\n  }\n": types.ChangePasswordDocument,
    "\n  mutation EnableTwoFactor($input: EnableTwoFactorInput) { enableTwoFactor(input: $input) { enrolment { secret qrCode } userErrors { code field message } } }\n": types.EnableTwoFactorDocument,
    "\n  mutation ConfirmTwoFactor($input: ConfirmTwoFactorInput!) {\n    confirmTwoFactor(input: $input) { user { id twoFactor { enabled enabledAt backupCodesLeft factors } } backupCodes userErrors { code field message } }\n  }\n": types.ConfirmTwoFactorDocument,
    "\n  query MyEvents($first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      id\n      securityEvents(first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type outcome reason ip device actor { id username role } accessToken { id name } } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n": types.MyEventsDocument,
    "\n  query MyProfile {\n    me {\n      id username email createdAt passwordChangedAt\n      twoFactor { enabled enabledAt backupCodesLeft factors }\n      passkeys { id name provider synced signsIn credentialId createdAt lastUsedAt }\n      apiToken { hint createdAt lastUsedAt lastUsedIp }\n      accessTokens { id name hint scopes allowedIps status lastUsedAt lastUsedIp expiresAt oldTokenValidUntil }\n      sessions { id current createdAt lastSeenAt ip device factors }\n      trustedBrowsers { id current device ip createdAt lastUsedAt expiresAt }\n      securityFindings { code severity message subject { id ... on CallKey { name } } }\n    }\n  }\n": types.MyProfileDocument,
    "\n  mutation RenamePasskey($input: RenamePasskeyInput!) { renamePasskey(input: $input) { passkey { id name } userErrors { code field message } } }\n": types.RenamePasskeyDocument,
    "\n  mutation DeletePasskey($input: DeletePasskeyInput!) { deletePasskey(input: $input) { deletedPasskeyId userErrors { code field message } } }\n": types.DeletePasskeyDocument,
    "\n  mutation RevokeSession($input: RevokeSessionInput!) { revokeSession(input: $input) { revokedSessionId userErrors { code field message } } }\n": types.RevokeSessionDocument,
    "\n  mutation RevokeOtherSessions { revokeOtherSessions { revokedCount userErrors { code field message } } }\n": types.RevokeOtherSessionsDocument,
    "\n  mutation ForgetTrustedBrowsers($input: ForgetTrustedBrowsersInput!) {\n    forgetTrustedBrowsers(input: $input) { forgottenIds userErrors { code field message } }\n  }\n": types.ForgetTrustedBrowsersDocument,
    "\n  mutation DisableTwoFactor($input: DisableTwoFactorInput!) {\n    disableTwoFactor(input: $input) { user { id twoFactor { enabled factors } } userErrors { code field message } }\n  }\n": types.DisableTwoFactorDocument,
    "\n  mutation RegenerateBackupCodes($input: RegenerateBackupCodesInput!) {\n    regenerateBackupCodes(input: $input) { backupCodes userErrors { code field message } }\n  }\n": types.RegenerateBackupCodesDocument,
    "\n  mutation ChangeUsername($input: ChangeUsernameInput!) {\n    changeUsername(input: $input) { user { id username } userErrors { code field message } }\n  }\n": types.ChangeUsernameDocument,
    "\n  mutation RevokeEverything($input: RevokeEverythingInput!) {\n    revokeEverything(input: $input) { sessions accessTokens callKeys userErrors { code field message } }\n  }\n": types.RevokeEverythingDocument,
    "\n  query LiveCallKeys {\n    me { id callKeys(filter: { status: ACTIVE }, first: 20) { totalCount edges { node { id name hint } } } }\n  }\n": types.LiveCallKeysDocument,
    "\n  mutation ConfirmIdentity($input: ConfirmIdentityInput!) {\n    confirmIdentity(input: $input) { stepUpExpiresAt userErrors { code field message } }\n  }\n": types.ConfirmIdentityDocument,
    "\n  query Viewer {\n    me { id username role locale twoFactor { enabled factors } passkeys { id signsIn credentialId } passkeyUserId }\n    policy { registration passwordMinLength passwordAdvice twoFactorRequiredFor passkeys passkeyRpId trustedBrowserDays accessTokenMaxDays }\n  }\n": types.ViewerDocument,
    "\n  mutation Logout { logout { userErrors { code field message } } }\n": types.LogoutDocument,
    "\n  mutation SetLocale($input: SetLocaleInput!) {\n    setLocale(input: $input) { user { id locale } userErrors { code field message } }\n  }\n": types.SetLocaleDocument,
    "\n  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {\n    requestPasswordReset(input: $input) { userErrors { code field message } }\n  }\n": types.RequestPasswordResetDocument,
    "\n  mutation ResetPassword($input: ResetPasswordInput!) {\n    resetPassword(input: $input) { userErrors { code field message } }\n  }\n": types.ResetPasswordDocument,
    "\n  mutation StartPasskeyRecovery($input: StartPasskeyRecoveryInput!) {\n    startPasskeyRecovery(input: $input) { options userErrors { code field message } }\n  }\n": types.StartPasskeyRecoveryDocument,
    "\n  mutation RevertEmailChange($input: RevertEmailChangeInput!) {\n    revertEmailChange(input: $input) { passwordResetToken userErrors { code field message } }\n  }\n": types.RevertEmailChangeDocument,
    "\n  mutation VerifySecondFactor($input: VerifySecondFactorInput!) {\n    verifySecondFactor(input: $input) { user { id } backupCodesLeft passkeyOptions userErrors { code field message } }\n  }\n": types.VerifySecondFactorDocument,
    "\n  mutation CompleteSetup($input: CompleteSetupInput!) {\n    completeSetup(input: $input) { user { id } userErrors { code field message } }\n  }\n": types.CompleteSetupDocument,
    "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      user { id }\n      secondFactor { challenge factors passkeyOptions }\n      userErrors { code field message }\n    }\n  }\n": types.LoginDocument,
    "\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) { user { id } userErrors { code field message } }\n  }\n": types.RegisterDocument,
    "\n  mutation StartPasskeyLogin { startPasskeyLogin { options userErrors { code field message } } }\n": types.StartPasskeyLoginDocument,
    "\n  mutation LoginWithPasskey($input: LoginWithPasskeyInput!) {\n    loginWithPasskey(input: $input) { user { id } userErrors { code field message } }\n  }\n": types.LoginWithPasskeyDocument,
    "\n  query WebhookList { webhooks { id url description eventTypes status createdAt } }\n": types.WebhookListDocument,
    "\n  query WebhookDetails($id: ID!) {\n    node(id: $id) { __typename ... on Webhook { id url description eventTypes status createdAt } }\n  }\n": types.WebhookDetailsDocument,
    "\n  query WebhookDeliveries($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    node(id: $id) {\n      __typename\n      ... on Webhook {\n        id\n        deliveries(first: $first, after: $after, last: $last, before: $before) {\n          edges { cursor node { id eventId at eventType status attempts responseStatus nextAttemptAt } }\n          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n        }\n      }\n    }\n  }\n": types.WebhookDeliveriesDocument,
    "\n  query DeliveryResult($id: ID!) {\n    node(id: $id) { __typename ... on WebhookDelivery { id status attempts responseStatus } }\n  }\n": types.DeliveryResultDocument,
    "\n  mutation CreateWebhook($input: CreateWebhookInput!) {\n    createWebhook(input: $input) { secret webhook { id } userErrors { code field message } }\n  }\n": types.CreateWebhookDocument,
    "\n  mutation UpdateWebhook($input: UpdateWebhookInput!) {\n    updateWebhook(input: $input) { webhook { id } userErrors { code field message } }\n  }\n": types.UpdateWebhookDocument,
    "\n  mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {\n    rotateWebhookSecret(input: $input) { secret webhook { id } userErrors { code field message } }\n  }\n": types.RotateWebhookSecretDocument,
    "\n  mutation DeleteWebhook($input: DeleteWebhookInput!) {\n    deleteWebhook(input: $input) { deletedWebhookId userErrors { code field message } }\n  }\n": types.DeleteWebhookDocument,
    "\n  mutation TestWebhook($input: TestWebhookInput!) {\n    testWebhook(input: $input) {\n      delivery { id status attempts responseStatus }\n      userErrors { code field message }\n    }\n  }\n": types.TestWebhookDocument,
    "\n  mutation RedeliverWebhook($input: RedeliverWebhookInput!) {\n    redeliverWebhook(input: $input) {\n      delivery { id status attempts responseStatus }\n      userErrors { code field message }\n    }\n  }\n": types.RedeliverWebhookDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateAccessToken($input: CreateAccessTokenInput!) {\n    createAccessToken(input: $input) { token accessToken { id } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation CreateAccessToken($input: CreateAccessTokenInput!) {\n    createAccessToken(input: $input) { token accessToken { id } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateAccessToken($input: UpdateAccessTokenInput!) {\n    updateAccessToken(input: $input) { accessToken { id } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation UpdateAccessToken($input: UpdateAccessTokenInput!) {\n    updateAccessToken(input: $input) { accessToken { id } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RotateAccessToken($input: RotateAccessTokenInput!) {\n    rotateAccessToken(input: $input) { token accessToken { id } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation RotateAccessToken($input: RotateAccessTokenInput!) {\n    rotateAccessToken(input: $input) { token accessToken { id } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeAccessTokens($input: RevokeAccessTokensInput!) {\n    revokeAccessTokens(input: $input) { revokedIds userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation RevokeAccessTokens($input: RevokeAccessTokensInput!) {\n    revokeAccessTokens(input: $input) { revokedIds userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteMyAccount($input: DeleteMyAccountInput!) {\n    deleteMyAccount(input: $input) { erasedAt userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation DeleteMyAccount($input: DeleteMyAccountInput!) {\n    deleteMyAccount(input: $input) { erasedAt userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelAccountDeletion($input: CancelAccountDeletionInput!) {\n    cancelAccountDeletion(input: $input) { passwordResetToken userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation CancelAccountDeletion($input: CancelAccountDeletionInput!) {\n    cancelAccountDeletion(input: $input) { passwordResetToken userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SetUserStatus($input: SetUserStatusInput!) { setUserStatus(input: $input) { user { id } userErrors { code field message } } }"): (typeof documents)["mutation SetUserStatus($input: SetUserStatusInput!) { setUserStatus(input: $input) { user { id } userErrors { code field message } } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SetUserRole($input: SetUserRoleInput!) { setUserRole(input: $input) { user { id } userErrors { code field message } } }"): (typeof documents)["mutation SetUserRole($input: SetUserRoleInput!) { setUserRole(input: $input) { user { id } userErrors { code field message } } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ResetUserTwoFactor($input: ResetUserTwoFactorInput!) { resetUserTwoFactor(input: $input) { user { id } userErrors { code field message } } }"): (typeof documents)["mutation ResetUserTwoFactor($input: ResetUserTwoFactorInput!) { resetUserTwoFactor(input: $input) { user { id } userErrors { code field message } } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SendUserPasswordReset($input: SendUserPasswordResetInput!) { sendUserPasswordReset(input: $input) { resetLink userErrors { code field message } } }"): (typeof documents)["mutation SendUserPasswordReset($input: SendUserPasswordResetInput!) { sendUserPasswordReset(input: $input) { resetLink userErrors { code field message } } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RevokeUserSessions($input: RevokeUserSessionsInput!) { revokeUserSessions(input: $input) { revokedCount userErrors { code field message } } }"): (typeof documents)["mutation RevokeUserSessions($input: RevokeUserSessionsInput!) { revokeUserSessions(input: $input) { revokedCount userErrors { code field message } } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ResetServiceToken($input: ResetServiceTokenInput!) { resetServiceToken(input: $input) { token userErrors { code field message } } }"): (typeof documents)["mutation ResetServiceToken($input: ResetServiceTokenInput!) { resetServiceToken(input: $input) { token userErrors { code field message } } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation DeleteUser($input: DeleteUserInput!) { deleteUser(input: $input) { deletedUserId userErrors { code field message } } }"): (typeof documents)["mutation DeleteUser($input: DeleteUserInput!) { deleteUser(input: $input) { deletedUserId userErrors { code field message } } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RestoreUser($input: RestoreUserInput!) { restoreUser(input: $input) { user { id } userErrors { code field message } } }"): (typeof documents)["mutation RestoreUser($input: RestoreUserInput!) { restoreUser(input: $input) { user { id } userErrors { code field message } } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AllSecurityEvents($filter: AllSecurityEventsFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    securityEvents(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id at type outcome reason detail ip device requestId user { id username } actor { id username } accessToken { id name } } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n"): (typeof documents)["\n  query AllSecurityEvents($filter: AllSecurityEventsFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    securityEvents(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id at type outcome reason detail ip device requestId user { id username } actor { id username } accessToken { id name } } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) { user { id } passwordLink serviceToken userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) { user { id } passwordLink serviceToken userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FactorAdoption { factorAdoption { role users totp passkey none } }\n"): (typeof documents)["\n  query FactorAdoption { factorAdoption { role users totp passkey none } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UserList($filter: UserFilter, $orderBy: UserOrder, $first: Int, $after: String, $last: Int, $before: String) {\n    users(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {\n      totalCount\n      edges { cursor node { id username role status email createdAt lastLoginAt twoFactor { enabled } } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n"): (typeof documents)["\n  query UserList($filter: UserFilter, $orderBy: UserOrder, $first: Int, $after: String, $last: Int, $before: String) {\n    users(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {\n      totalCount\n      edges { cursor node { id username role status email createdAt lastLoginAt twoFactor { enabled } } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UserDetails($id: ID!) {\n    user(id: $id) {\n      id username role status email createdAt lastLoginAt passwordChangedAt allowedActions serviceScopes\n      twoFactor { enabled enabledAt backupCodesLeft }\n      apiToken { hint createdAt lastUsedAt }\n      accessTokens { id name hint scopes allowedIps status createdAt expiresAt lastUsedAt lastUsedIp oldTokenValidUntil }\n      sessions { id lastSeenAt ip device }\n      deletion: securityEvents(first: 1, filter: { types: [DELETION_REQUESTED, USER_DELETED] }) { edges { cursor node { id at type } } }\n      callKeys(first: 100) { totalCount edges { cursor node { id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed period periodQuota periodUsed periodTimeZone periodResetsAt requestsPerMinuteLimit tokensPerMinuteLimit oldKeyValidUntil } } }\n      usageSummary { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }\n    }\n  }\n"): (typeof documents)["\n  query UserDetails($id: ID!) {\n    user(id: $id) {\n      id username role status email createdAt lastLoginAt passwordChangedAt allowedActions serviceScopes\n      twoFactor { enabled enabledAt backupCodesLeft }\n      apiToken { hint createdAt lastUsedAt }\n      accessTokens { id name hint scopes allowedIps status createdAt expiresAt lastUsedAt lastUsedIp oldTokenValidUntil }\n      sessions { id lastSeenAt ip device }\n      deletion: securityEvents(first: 1, filter: { types: [DELETION_REQUESTED, USER_DELETED] }) { edges { cursor node { id at type } } }\n      callKeys(first: 100) { totalCount edges { cursor node { id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed period periodQuota periodUsed periodTimeZone periodResetsAt requestsPerMinuteLimit tokensPerMinuteLimit oldKeyValidUntil } } }\n      usageSummary { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EventsOfUser($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    user(id: $id) {\n      id\n      securityEvents(first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type outcome reason detail ip device actor { id username } accessToken { id name } } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n"): (typeof documents)["\n  query EventsOfUser($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    user(id: $id) {\n      id\n      securityEvents(first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type outcome reason detail ip device actor { id username } accessToken { id name } } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartPasskeyConfirmation { startPasskeyConfirmation { options userErrors { code field message } } }\n"): (typeof documents)["\n  mutation StartPasskeyConfirmation { startPasskeyConfirmation { options userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyCallKeys($filter: CallKeyFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      id\n      callKeys(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n        totalCount\n        edges { cursor node { id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed period periodQuota periodUsed periodTimeZone periodResetsAt requestsPerMinuteLimit tokensPerMinuteLimit oldKeyValidUntil } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n"): (typeof documents)["\n  query MyCallKeys($filter: CallKeyFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      id\n      callKeys(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n        totalCount\n        edges { cursor node { id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed period periodQuota periodUsed periodTimeZone periodResetsAt requestsPerMinuteLimit tokensPerMinuteLimit oldKeyValidUntil } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateCallKey($input: CreateCallKeyInput!) {\n    createCallKey(input: $input) { key callKey { id } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation CreateCallKey($input: CreateCallKeyInput!) {\n    createCallKey(input: $input) { key callKey { id } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateCallKey($input: UpdateCallKeyInput!) {\n    updateCallKey(input: $input) { callKey { id } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation UpdateCallKey($input: UpdateCallKeyInput!) {\n    updateCallKey(input: $input) { callKey { id } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RotateCallKey($input: RotateCallKeyInput!) {\n    rotateCallKey(input: $input) { key callKey { id } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation RotateCallKey($input: RotateCallKeyInput!) {\n    rotateCallKey(input: $input) { key callKey { id } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndCallKeyGrace($input: EndCallKeyGraceInput!) {\n    endCallKeyGrace(input: $input) { callKey { id } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation EndCallKeyGrace($input: EndCallKeyGraceInput!) {\n    endCallKeyGrace(input: $input) { callKey { id } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteCallKeys($input: DeleteCallKeysInput!) {\n    deleteCallKeys(input: $input) { deletedIds userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation DeleteCallKeys($input: DeleteCallKeysInput!) {\n    deleteCallKeys(input: $input) { deletedIds userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyUsageWarnings {\n    me { id email usageWarnings }\n  }\n"): (typeof documents)["\n  query MyUsageWarnings {\n    me { id email usageWarnings }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetUsageWarnings($input: SetUsageWarningsInput!) {\n    setUsageWarnings(input: $input) { user { id usageWarnings } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation SetUsageWarnings($input: SetUsageWarningsInput!) {\n    setUsageWarnings(input: $input) { user { id usageWarnings } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyUsage($filter: UsageLogFilter, $interval: UsageInterval!, $timeZone: String!) {\n    me {\n      id\n      usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }\n      usageSeries(filter: $filter, interval: $interval, timeZone: $timeZone) { at requests errors tokens quota }\n    }\n  }\n"): (typeof documents)["\n  query MyUsage($filter: UsageLogFilter, $interval: UsageInterval!, $timeZone: String!) {\n    me {\n      id\n      usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }\n      usageSeries(filter: $filter, interval: $interval, timeZone: $timeZone) { at requests errors tokens quota }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AllUsage($filter: AllUsageLogsFilter, $interval: UsageInterval!, $timeZone: String!) {\n    usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }\n    usageSeries(filter: $filter, interval: $interval, timeZone: $timeZone) { at requests errors tokens quota }\n  }\n"): (typeof documents)["\n  query AllUsage($filter: AllUsageLogsFilter, $interval: UsageInterval!, $timeZone: String!) {\n    usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }\n    usageSeries(filter: $filter, interval: $interval, timeZone: $timeZone) { at requests errors tokens quota }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyUsageShares($filter: UsageLogFilter, $by: UsageDimension!) {\n    me {\n      id\n      usageBreakdown(filter: $filter, by: $by, first: 5) { label requests errors tokens quota callKey { id } }\n    }\n  }\n"): (typeof documents)["\n  query MyUsageShares($filter: UsageLogFilter, $by: UsageDimension!) {\n    me {\n      id\n      usageBreakdown(filter: $filter, by: $by, first: 5) { label requests errors tokens quota callKey { id } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AllUsageShares($filter: AllUsageLogsFilter, $by: UsageDimension!) {\n    usageBreakdown(filter: $filter, by: $by, first: 5) {\n      label requests errors tokens quota\n      callKey { id }\n      user { id username }\n    }\n  }\n"): (typeof documents)["\n  query AllUsageShares($filter: AllUsageLogsFilter, $by: UsageDimension!) {\n    usageBreakdown(filter: $filter, by: $by, first: 5) {\n      label requests errors tokens quota\n      callKey { id }\n      user { id username }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyUsageLogs($filter: UsageLogFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      id\n      usageLogs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type callKeyName callKey { id } model promptTokens completionTokens quota latencyMs requestId ip } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n"): (typeof documents)["\n  query MyUsageLogs($filter: UsageLogFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      id\n      usageLogs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type callKeyName callKey { id } model promptTokens completionTokens quota latencyMs requestId ip } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AllUsageLogs($filter: AllUsageLogsFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    usageLogs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id at type callKeyName callKey { id } user { id username } model promptTokens completionTokens quota latencyMs requestId ip } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n"): (typeof documents)["\n  query AllUsageLogs($filter: AllUsageLogsFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    usageLogs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id at type callKeyName callKey { id } user { id username } model promptTokens completionTokens quota latencyMs requestId ip } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyKeyNames { me { id callKeys(first: 100) { edges { cursor node { id name } } } } }\n"): (typeof documents)["\n  query MyKeyNames { me { id callKeys(first: 100) { edges { cursor node { id name } } } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartPasskeyRegistration($input: StartPasskeyRegistrationInput) {\n    startPasskeyRegistration(input: $input) { options userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation StartPasskeyRegistration($input: StartPasskeyRegistrationInput) {\n    startPasskeyRegistration(input: $input) { options userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RegisterPasskey($input: RegisterPasskeyInput!) {\n    registerPasskey(input: $input) { passkey { id name } backupCodes userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation RegisterPasskey($input: RegisterPasskeyInput!) {\n    registerPasskey(input: $input) { passkey { id name } backupCodes userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ViewApiToken { viewApiToken { token userErrors { code field message } } }\n"): (typeof documents)["\n  mutation ViewApiToken { viewApiToken { token userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResetApiToken { resetApiToken { token apiToken { hint } userErrors { code field message } } }\n"): (typeof documents)["\n  mutation ResetApiToken { resetApiToken { token apiToken { hint } userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendVerificationCode($input: SendVerificationCodeInput!) {\n    sendVerificationCode(input: $input) { expiresAt resendAfter userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation SendVerificationCode($input: SendVerificationCodeInput!) {\n    sendVerificationCode(input: $input) { expiresAt resendAfter userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation BindEmail($input: BindEmailInput!) {\n    bindEmail(input: $input) { user { id email } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation BindEmail($input: BindEmailInput!) {\n    bindEmail(input: $input) { user { id email } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) { user { id passwordChangedAt } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) { user { id passwordChangedAt } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EnableTwoFactor($input: EnableTwoFactorInput) { enableTwoFactor(input: $input) { enrolment { secret qrCode } userErrors { code field message } } }\n"): (typeof documents)["\n  mutation EnableTwoFactor($input: EnableTwoFactorInput) { enableTwoFactor(input: $input) { enrolment { secret qrCode } userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConfirmTwoFactor($input: ConfirmTwoFactorInput!) {\n    confirmTwoFactor(input: $input) { user { id twoFactor { enabled enabledAt backupCodesLeft factors } } backupCodes userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation ConfirmTwoFactor($input: ConfirmTwoFactorInput!) {\n    confirmTwoFactor(input: $input) { user { id twoFactor { enabled enabledAt backupCodesLeft factors } } backupCodes userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyEvents($first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      id\n      securityEvents(first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type outcome reason ip device actor { id username role } accessToken { id name } } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n"): (typeof documents)["\n  query MyEvents($first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      id\n      securityEvents(first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type outcome reason ip device actor { id username role } accessToken { id name } } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyProfile {\n    me {\n      id username email createdAt passwordChangedAt\n      twoFactor { enabled enabledAt backupCodesLeft factors }\n      passkeys { id name provider synced signsIn credentialId createdAt lastUsedAt }\n      apiToken { hint createdAt lastUsedAt lastUsedIp }\n      accessTokens { id name hint scopes allowedIps status lastUsedAt lastUsedIp expiresAt oldTokenValidUntil }\n      sessions { id current createdAt lastSeenAt ip device factors }\n      trustedBrowsers { id current device ip createdAt lastUsedAt expiresAt }\n      securityFindings { code severity message subject { id ... on CallKey { name } } }\n    }\n  }\n"): (typeof documents)["\n  query MyProfile {\n    me {\n      id username email createdAt passwordChangedAt\n      twoFactor { enabled enabledAt backupCodesLeft factors }\n      passkeys { id name provider synced signsIn credentialId createdAt lastUsedAt }\n      apiToken { hint createdAt lastUsedAt lastUsedIp }\n      accessTokens { id name hint scopes allowedIps status lastUsedAt lastUsedIp expiresAt oldTokenValidUntil }\n      sessions { id current createdAt lastSeenAt ip device factors }\n      trustedBrowsers { id current device ip createdAt lastUsedAt expiresAt }\n      securityFindings { code severity message subject { id ... on CallKey { name } } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenamePasskey($input: RenamePasskeyInput!) { renamePasskey(input: $input) { passkey { id name } userErrors { code field message } } }\n"): (typeof documents)["\n  mutation RenamePasskey($input: RenamePasskeyInput!) { renamePasskey(input: $input) { passkey { id name } userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeletePasskey($input: DeletePasskeyInput!) { deletePasskey(input: $input) { deletedPasskeyId userErrors { code field message } } }\n"): (typeof documents)["\n  mutation DeletePasskey($input: DeletePasskeyInput!) { deletePasskey(input: $input) { deletedPasskeyId userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeSession($input: RevokeSessionInput!) { revokeSession(input: $input) { revokedSessionId userErrors { code field message } } }\n"): (typeof documents)["\n  mutation RevokeSession($input: RevokeSessionInput!) { revokeSession(input: $input) { revokedSessionId userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeOtherSessions { revokeOtherSessions { revokedCount userErrors { code field message } } }\n"): (typeof documents)["\n  mutation RevokeOtherSessions { revokeOtherSessions { revokedCount userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ForgetTrustedBrowsers($input: ForgetTrustedBrowsersInput!) {\n    forgetTrustedBrowsers(input: $input) { forgottenIds userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation ForgetTrustedBrowsers($input: ForgetTrustedBrowsersInput!) {\n    forgetTrustedBrowsers(input: $input) { forgottenIds userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DisableTwoFactor($input: DisableTwoFactorInput!) {\n    disableTwoFactor(input: $input) { user { id twoFactor { enabled factors } } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation DisableTwoFactor($input: DisableTwoFactorInput!) {\n    disableTwoFactor(input: $input) { user { id twoFactor { enabled factors } } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RegenerateBackupCodes($input: RegenerateBackupCodesInput!) {\n    regenerateBackupCodes(input: $input) { backupCodes userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation RegenerateBackupCodes($input: RegenerateBackupCodesInput!) {\n    regenerateBackupCodes(input: $input) { backupCodes userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeUsername($input: ChangeUsernameInput!) {\n    changeUsername(input: $input) { user { id username } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation ChangeUsername($input: ChangeUsernameInput!) {\n    changeUsername(input: $input) { user { id username } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeEverything($input: RevokeEverythingInput!) {\n    revokeEverything(input: $input) { sessions accessTokens callKeys userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation RevokeEverything($input: RevokeEverythingInput!) {\n    revokeEverything(input: $input) { sessions accessTokens callKeys userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LiveCallKeys {\n    me { id callKeys(filter: { status: ACTIVE }, first: 20) { totalCount edges { node { id name hint } } } }\n  }\n"): (typeof documents)["\n  query LiveCallKeys {\n    me { id callKeys(filter: { status: ACTIVE }, first: 20) { totalCount edges { node { id name hint } } } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConfirmIdentity($input: ConfirmIdentityInput!) {\n    confirmIdentity(input: $input) { stepUpExpiresAt userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation ConfirmIdentity($input: ConfirmIdentityInput!) {\n    confirmIdentity(input: $input) { stepUpExpiresAt userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer {\n    me { id username role locale twoFactor { enabled factors } passkeys { id signsIn credentialId } passkeyUserId }\n    policy { registration passwordMinLength passwordAdvice twoFactorRequiredFor passkeys passkeyRpId trustedBrowserDays accessTokenMaxDays }\n  }\n"): (typeof documents)["\n  query Viewer {\n    me { id username role locale twoFactor { enabled factors } passkeys { id signsIn credentialId } passkeyUserId }\n    policy { registration passwordMinLength passwordAdvice twoFactorRequiredFor passkeys passkeyRpId trustedBrowserDays accessTokenMaxDays }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Logout { logout { userErrors { code field message } } }\n"): (typeof documents)["\n  mutation Logout { logout { userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetLocale($input: SetLocaleInput!) {\n    setLocale(input: $input) { user { id locale } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation SetLocale($input: SetLocaleInput!) {\n    setLocale(input: $input) { user { id locale } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {\n    requestPasswordReset(input: $input) { userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {\n    requestPasswordReset(input: $input) { userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResetPassword($input: ResetPasswordInput!) {\n    resetPassword(input: $input) { userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation ResetPassword($input: ResetPasswordInput!) {\n    resetPassword(input: $input) { userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartPasskeyRecovery($input: StartPasskeyRecoveryInput!) {\n    startPasskeyRecovery(input: $input) { options userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation StartPasskeyRecovery($input: StartPasskeyRecoveryInput!) {\n    startPasskeyRecovery(input: $input) { options userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevertEmailChange($input: RevertEmailChangeInput!) {\n    revertEmailChange(input: $input) { passwordResetToken userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation RevertEmailChange($input: RevertEmailChangeInput!) {\n    revertEmailChange(input: $input) { passwordResetToken userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation VerifySecondFactor($input: VerifySecondFactorInput!) {\n    verifySecondFactor(input: $input) { user { id } backupCodesLeft passkeyOptions userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation VerifySecondFactor($input: VerifySecondFactorInput!) {\n    verifySecondFactor(input: $input) { user { id } backupCodesLeft passkeyOptions userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CompleteSetup($input: CompleteSetupInput!) {\n    completeSetup(input: $input) { user { id } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation CompleteSetup($input: CompleteSetupInput!) {\n    completeSetup(input: $input) { user { id } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      user { id }\n      secondFactor { challenge factors passkeyOptions }\n      userErrors { code field message }\n    }\n  }\n"): (typeof documents)["\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      user { id }\n      secondFactor { challenge factors passkeyOptions }\n      userErrors { code field message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) { user { id } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) { user { id } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartPasskeyLogin { startPasskeyLogin { options userErrors { code field message } } }\n"): (typeof documents)["\n  mutation StartPasskeyLogin { startPasskeyLogin { options userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LoginWithPasskey($input: LoginWithPasskeyInput!) {\n    loginWithPasskey(input: $input) { user { id } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation LoginWithPasskey($input: LoginWithPasskeyInput!) {\n    loginWithPasskey(input: $input) { user { id } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WebhookList { webhooks { id url description eventTypes status createdAt } }\n"): (typeof documents)["\n  query WebhookList { webhooks { id url description eventTypes status createdAt } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WebhookDetails($id: ID!) {\n    node(id: $id) { __typename ... on Webhook { id url description eventTypes status createdAt } }\n  }\n"): (typeof documents)["\n  query WebhookDetails($id: ID!) {\n    node(id: $id) { __typename ... on Webhook { id url description eventTypes status createdAt } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WebhookDeliveries($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    node(id: $id) {\n      __typename\n      ... on Webhook {\n        id\n        deliveries(first: $first, after: $after, last: $last, before: $before) {\n          edges { cursor node { id eventId at eventType status attempts responseStatus nextAttemptAt } }\n          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query WebhookDeliveries($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    node(id: $id) {\n      __typename\n      ... on Webhook {\n        id\n        deliveries(first: $first, after: $after, last: $last, before: $before) {\n          edges { cursor node { id eventId at eventType status attempts responseStatus nextAttemptAt } }\n          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DeliveryResult($id: ID!) {\n    node(id: $id) { __typename ... on WebhookDelivery { id status attempts responseStatus } }\n  }\n"): (typeof documents)["\n  query DeliveryResult($id: ID!) {\n    node(id: $id) { __typename ... on WebhookDelivery { id status attempts responseStatus } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateWebhook($input: CreateWebhookInput!) {\n    createWebhook(input: $input) { secret webhook { id } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation CreateWebhook($input: CreateWebhookInput!) {\n    createWebhook(input: $input) { secret webhook { id } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateWebhook($input: UpdateWebhookInput!) {\n    updateWebhook(input: $input) { webhook { id } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation UpdateWebhook($input: UpdateWebhookInput!) {\n    updateWebhook(input: $input) { webhook { id } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {\n    rotateWebhookSecret(input: $input) { secret webhook { id } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {\n    rotateWebhookSecret(input: $input) { secret webhook { id } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteWebhook($input: DeleteWebhookInput!) {\n    deleteWebhook(input: $input) { deletedWebhookId userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation DeleteWebhook($input: DeleteWebhookInput!) {\n    deleteWebhook(input: $input) { deletedWebhookId userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TestWebhook($input: TestWebhookInput!) {\n    testWebhook(input: $input) {\n      delivery { id status attempts responseStatus }\n      userErrors { code field message }\n    }\n  }\n"): (typeof documents)["\n  mutation TestWebhook($input: TestWebhookInput!) {\n    testWebhook(input: $input) {\n      delivery { id status attempts responseStatus }\n      userErrors { code field message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RedeliverWebhook($input: RedeliverWebhookInput!) {\n    redeliverWebhook(input: $input) {\n      delivery { id status attempts responseStatus }\n      userErrors { code field message }\n    }\n  }\n"): (typeof documents)["\n  mutation RedeliverWebhook($input: RedeliverWebhookInput!) {\n    redeliverWebhook(input: $input) {\n      delivery { id status attempts responseStatus }\n      userErrors { code field message }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;