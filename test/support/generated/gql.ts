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
    "\n  mutation DeleteMyAccount($input: DeleteMyAccountInput!) {\n    deleteMyAccount(input: $input) { erasedAt userErrors { code field message } }\n  }\n": typeof types.DeleteMyAccountDocument,
    "\n  mutation CancelAccountDeletion($input: CancelAccountDeletionInput!) {\n    cancelAccountDeletion(input: $input) { passwordResetToken userErrors { code field message } }\n  }\n": typeof types.CancelAccountDeletionDocument,
    "\n  query Users($filter: UserFilter, $orderBy: UserOrder, $first: Int, $after: String, $last: Int, $before: String) {\n    users(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id username role status createdAt email lastLoginAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      totalCount\n    }\n  }\n": typeof types.UsersDocument,
    "\n  query OneUser($id: ID!) {\n    user(id: $id) {\n      username email lastLoginAt locale passwordChangedAt twoFactor { enabled } apiToken { hint } sessions { id current }\n      securityEvents(first: 5) { edges { node { type } } } securityFindings { code }\n    }\n  }\n": typeof types.OneUserDocument,
    "\n  mutation ViewApiToken { viewApiToken { token apiToken { hint createdAt lastUsedAt lastUsedIp } userErrors { code field message } } }\n": typeof types.ViewApiTokenDocument,
    "\n  mutation ResetApiToken { resetApiToken { token apiToken { hint createdAt lastUsedAt lastUsedIp } userErrors { code field message } } }\n": typeof types.ResetApiTokenDocument,
    "\n  mutation AttemptLogin($input: LoginInput!) {\n    login(input: $input) { session { session { id } } userErrors { code field message } }\n  }\n": typeof types.AttemptLoginDocument,
    "\n  mutation CreateCallKey($input: CreateCallKeyInput!) {\n    createCallKey(input: $input) { key callKey { ...WholeCallKey } userErrors { code field message } }\n  }\n  fragment WholeCallKey on CallKey {\n    id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed oldKeyValidUntil\n    period periodQuota periodUsed periodTimeZone periodResetsAt requestsPerMinuteLimit tokensPerMinuteLimit\n  }\n": typeof types.CreateCallKeyDocument,
    "\n  mutation UpdateCallKey($input: UpdateCallKeyInput!) { updateCallKey(input: $input) { callKey { ...WholeCallKey } userErrors { code field message } } }\n": typeof types.UpdateCallKeyDocument,
    "\n  mutation RotateCallKey($input: RotateCallKeyInput!) { rotateCallKey(input: $input) { key callKey { ...WholeCallKey } userErrors { code field message } } }\n": typeof types.RotateCallKeyDocument,
    "\n  mutation EndCallKeyGrace($input: EndCallKeyGraceInput!) { endCallKeyGrace(input: $input) { callKey { ...WholeCallKey } userErrors { code field message } } }\n": typeof types.EndCallKeyGraceDocument,
    "\n  mutation DeleteCallKeys($input: DeleteCallKeysInput!) { deleteCallKeys(input: $input) { deletedIds userErrors { code field message } } }\n": typeof types.DeleteCallKeysDocument,
    "\n  query CallKeys($filter: CallKeyFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me { callKeys(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      totalCount edges { cursor node { ...WholeCallKey } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    } }\n  }\n": typeof types.CallKeysDocument,
    "\n  query VerifyRenewingKey($key: String!, $model: String) {\n    verifyCallKey(key: $key, model: $model) {\n      valid refusal validFrom callKey { status periodUsed requestsPerMinuteLimit tokensPerMinuteLimit }\n    }\n  }\n": typeof types.VerifyRenewingKeyDocument,
    "\n  query VerifyCallKey($key: String!, $model: String, $ip: String) {\n    verifyCallKey(key: $key, model: $model, ip: $ip) { valid refusal callKey { id name } userId }\n  }\n": typeof types.VerifyCallKeyDocument,
    "\n  mutation SendVerificationCode($input: SendVerificationCodeInput!) {\n    sendVerificationCode(input: $input) { expiresAt resendAfter userErrors { code field message } }\n  }\n": typeof types.SendVerificationCodeDocument,
    "\n  mutation BindEmail($input: BindEmailInput!) {\n    bindEmail(input: $input) { user { email } userErrors { code field message } }\n  }\n": typeof types.BindEmailDocument,
    "\n  mutation RevertEmailChange($input: RevertEmailChangeInput!) { revertEmailChange(input: $input) { passwordResetToken userErrors { code field message } } }\n": typeof types.RevertEmailChangeDocument,
    "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) { user { username } session { token session { id current } } userErrors { code field message } }\n  }\n": typeof types.ChangePasswordDocument,
    "\n  mutation UseLink($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code field message } } }\n": typeof types.UseLinkDocument,
    "\n  mutation RequestPasswordReset($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code field message } } }\n": typeof types.RequestPasswordResetDocument,
    "\n  mutation ResetPassword($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code field message } } }\n": typeof types.ResetPasswordDocument,
    "\n  mutation RevokeEverything($input: RevokeEverythingInput!) {\n    revokeEverything(input: $input) {\n      sessions accessTokens callKeys session { session { id current } } userErrors { code }\n    }\n  }\n": typeof types.RevokeEverythingDocument,
    "\n  query KeyStatus($id: ID!) { node(id: $id) { ... on CallKey { status } } }\n": typeof types.KeyStatusDocument,
    "\n  query EverybodysEvents($filter: AllSecurityEventsFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    securityEvents(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id at type outcome reason detail ip device requestId user { username } actor { id username role } } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n": typeof types.EverybodysEventsDocument,
    "\n  query OwnEvents($filter: SecurityEventFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      securityEvents(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type outcome reason ip device requestId user { username } actor { id username role } } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n": typeof types.OwnEventsDocument,
    "\n  query VerifyCredential($credential: String!, $ip: String) {\n    verifyCredential(credential: $credential, ip: $ip) {\n      active kind userId username role factors scopes authenticatedAt expiresAt\n    }\n  }\n": typeof types.VerifyCredentialDocument,
    "\n  mutation ConfirmIdentity($input: ConfirmIdentityInput!) {\n    confirmIdentity(input: $input) { stepUpExpiresAt session { token session { id } } userErrors { code field message } }\n  }\n": typeof types.ConfirmIdentityDocument,
    "query SignInWhoAmI { me { username } }": typeof types.SignInWhoAmIDocument,
    "mutation SignInLogout { logout { userErrors { code } } }": typeof types.SignInLogoutDocument,
    "\n  query SignUpPolicy { policy { passwordMinLength passwordMaxLength passwordAdvice usernamePattern registration twoFactorRequiredFor } }\n": typeof types.SignUpPolicyDocument,
    "\n  mutation SignUpCompleteSetup($input: CompleteSetupInput!) {\n    completeSetup(input: $input) {\n      user { id username role }\n      session { token session { id current factors } }\n      userErrors { code field message }\n    }\n  }\n": typeof types.SignUpCompleteSetupDocument,
    "\n  mutation RecordUsage($input: RecordUsageInput!) {\n    recordUsage(input: $input) { recorded duplicates rejected { index requestId code } userErrors { code field message } }\n  }\n": typeof types.RecordUsageDocument,
    "\n  query OwnUsageLogs($filter: UsageLogFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      usageLogs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type callKey { id name } callKeyName model promptTokens completionTokens quota latencyMs requestId ip } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n": typeof types.OwnUsageLogsDocument,
    "\n  query OwnUsage($filter: UsageLogFilter, $interval: UsageInterval!) {\n    me {\n      usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }\n      usageSeries(filter: $filter, interval: $interval) { at requests tokens quota }\n    }\n  }\n": typeof types.OwnUsageDocument,
    "\n  query UsageByZone($filter: AllUsageLogsFilter, $interval: UsageInterval!, $timeZone: String!) {\n    usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota }\n    usageSeries(filter: $filter, interval: $interval, timeZone: $timeZone) { at requests errors tokens quota }\n  }\n": typeof types.UsageByZoneDocument,
    "\n  query UsageByShare($filter: AllUsageLogsFilter, $by: UsageDimension!, $first: Int!) {\n    usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota }\n    usageBreakdown(filter: $filter, by: $by, first: $first) { label requests errors tokens quota callKey { id } user { id } }\n  }\n": typeof types.UsageByShareDocument,
    "\n  mutation SetUsageWarnings($input: SetUsageWarningsInput!) {\n    setUsageWarnings(input: $input) { user { usageWarnings } userErrors { code field } }\n  }\n": typeof types.SetUsageWarningsDocument,
    "\n  mutation ChangeUsername($input: ChangeUsernameInput!) {\n    changeUsername(input: $input) { user { id username } userErrors { code field message } }\n  }\n": typeof types.ChangeUsernameDocument,
    "\n  mutation CreateAccessToken($input: CreateAccessTokenInput!) {\n    createAccessToken(input: $input) {\n      token\n      accessToken { id name hint scopes allowedIps status createdAt expiresAt lastUsedAt lastUsedIp oldTokenValidUntil }\n      userErrors { code field message }\n    }\n  }\n": typeof types.CreateAccessTokenDocument,
    "\n  mutation UpdateAccessToken($input: UpdateAccessTokenInput!) {\n    updateAccessToken(input: $input) { accessToken { id name allowedIps } userErrors { code field } }\n  }\n": typeof types.UpdateAccessTokenDocument,
    "\n  mutation RotateAccessToken($input: RotateAccessTokenInput!) {\n    rotateAccessToken(input: $input) {\n      token\n      accessToken { id hint expiresAt oldTokenValidUntil }\n      userErrors { code field }\n    }\n  }\n": typeof types.RotateAccessTokenDocument,
    "\n  mutation RevokeAccessTokens($input: RevokeAccessTokensInput!) {\n    revokeAccessTokens(input: $input) { revokedIds userErrors { code field } }\n  }\n": typeof types.RevokeAccessTokensDocument,
    "\n  query MyAccessTokens { me { accessTokens { id name hint status lastUsedAt lastUsedIp oldTokenValidUntil expiresAt } } }\n": typeof types.MyAccessTokensDocument,
    "\n  mutation IssueIdentityToken($input: IssueIdentityTokenInput!) {\n    issueIdentityToken(input: $input) { token expiresAt userErrors { code field message } }\n  }\n": typeof types.IssueIdentityTokenDocument,
    "\n  mutation StartPasskeyRegistration($input: StartPasskeyRegistrationInput) {\n    startPasskeyRegistration(input: $input) { options userErrors { code field message } }\n  }\n": typeof types.StartPasskeyRegistrationDocument,
    "\n  mutation RegisterPasskey($input: RegisterPasskeyInput!) {\n    registerPasskey(input: $input) {\n      passkey { id name provider synced signsIn createdAt lastUsedAt }\n      backupCodes\n      session { token session { id factors } }\n      userErrors { code field message }\n    }\n  }\n": typeof types.RegisterPasskeyDocument,
    "mutation StartPasskeyLogin { startPasskeyLogin { options userErrors { code } } }": typeof types.StartPasskeyLoginDocument,
    "\n  mutation LoginWithPasskey($input: LoginWithPasskeyInput!) {\n    loginWithPasskey(input: $input) {\n      user { id username }\n      session { token session { id factors } }\n      secondFactor { challenge }\n      userErrors { code field message }\n    }\n  }\n": typeof types.LoginWithPasskeyDocument,
    "mutation StartPasskeyConfirmation { startPasskeyConfirmation { options userErrors { code field } } }": typeof types.StartPasskeyConfirmationDocument,
    "\n  query MyPasskeys {\n    me { passkeys { id name provider synced signsIn lastUsedAt } twoFactor { enabled factors backupCodesLeft } }\n  }\n": typeof types.MyPasskeysDocument,
    "\n  mutation DeletePasskey($input: DeletePasskeyInput!) {\n    deletePasskey(input: $input) { deletedPasskeyId session { token } userErrors { code field } }\n  }\n": typeof types.DeletePasskeyDocument,
    "\n  query WhoAmIAtProcess { me { id username } }\n": typeof types.WhoAmIAtProcessDocument,
    "\n  mutation TrustBrowser($input: VerifySecondFactorInput!) {\n    verifySecondFactor(input: $input) { session { token session { id factors } } userErrors { code field message } }\n  }\n": typeof types.TrustBrowserDocument,
    "\n  query MyTrustedBrowsers { me { trustedBrowsers { id device ip createdAt lastUsedAt expiresAt current } } }\n": typeof types.MyTrustedBrowsersDocument,
    "\n  mutation ForgetTrustedBrowsers($input: ForgetTrustedBrowsersInput!) {\n    forgetTrustedBrowsers(input: $input) { forgottenIds userErrors { code field message } }\n  }\n": typeof types.ForgetTrustedBrowsersDocument,
    "\n  mutation EnableTwoFactor($input: EnableTwoFactorInput) {\n    enableTwoFactor(input: $input) { enrolment { secret otpauthUri qrCode png: qrCode(format: PNG) expiresAt } userErrors { code field message } }\n  }\n": typeof types.EnableTwoFactorDocument,
    "\n  mutation ConfirmTwoFactor($input: ConfirmTwoFactorInput!) {\n    confirmTwoFactor(input: $input) {\n      user { id username twoFactor { enabled enabledAt backupCodesLeft } }\n      backupCodes\n      session { token session { id factors } }\n      userErrors { code field message }\n    }\n  }\n": typeof types.ConfirmTwoFactorDocument,
    "\n  mutation DisableTwoFactor($input: DisableTwoFactorInput!) {\n    disableTwoFactor(input: $input) { user { twoFactor { enabled enabledAt backupCodesLeft } } session { token session { id } } userErrors { code field message } }\n  }\n": typeof types.DisableTwoFactorDocument,
    "\n  mutation RegenerateBackupCodes($input: RegenerateBackupCodesInput!) {\n    regenerateBackupCodes(input: $input) { backupCodes userErrors { code field message } }\n  }\n": typeof types.RegenerateBackupCodesDocument,
    "\n  mutation ConfirmIdentityWithFactor($input: ConfirmIdentityInput!) {\n    confirmIdentity(input: $input) { stepUpExpiresAt session { token session { id } } userErrors { code field message } }\n  }\n": typeof types.ConfirmIdentityWithFactorDocument,
    "\n  mutation VerifySecondFactor($input: VerifySecondFactorInput!) {\n    verifySecondFactor(input: $input) {\n      user { id username }\n      session { token session { id current factors expiresAt } }\n      backupCodesLeft\n      userErrors { code field message }\n    }\n  }\n": typeof types.VerifySecondFactorDocument,
    "\n  mutation ChallengeLogin($input: LoginInput!) {\n    login(input: $input) { session { token } secondFactor { challenge } userErrors { code field message } }\n  }\n": typeof types.ChallengeLoginDocument,
    "query MyTwoFactor { me { twoFactor { enabled enabledAt backupCodesLeft } } }": typeof types.MyTwoFactorDocument,
    "\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) {\n      user { id username role }\n      session { token session { id current factors } }\n      userErrors { code field message }\n    }\n  }\n": typeof types.RegisterDocument,
    "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      user { id username role }\n      session { token session { id current factors } }\n      secondFactor { challenge factors expiresAt }\n      userErrors { code field message }\n    }\n  }\n": typeof types.LoginDocument,
    "\n  mutation CreateWebhook($input: CreateWebhookInput!) {\n    createWebhook(input: $input) {\n      secret\n      webhook { id url description eventTypes status createdAt }\n      userErrors { code field message details { limit } }\n    }\n  }\n": typeof types.CreateWebhookDocument,
    "\n  mutation UpdateWebhook($input: UpdateWebhookInput!) {\n    updateWebhook(input: $input) {\n      webhook { id url description eventTypes status }\n      userErrors { code field }\n    }\n  }\n": typeof types.UpdateWebhookDocument,
    "\n  mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {\n    rotateWebhookSecret(input: $input) { secret webhook { id } userErrors { code field } }\n  }\n": typeof types.RotateWebhookSecretDocument,
    "\n  mutation TestWebhook($input: TestWebhookInput!) {\n    testWebhook(input: $input) { delivery { id eventId eventType status attempts } userErrors { code field } }\n  }\n": typeof types.TestWebhookDocument,
    "\n  mutation RedeliverWebhook($input: RedeliverWebhookInput!) {\n    redeliverWebhook(input: $input) { delivery { id eventId status nextAttemptAt } userErrors { code field } }\n  }\n": typeof types.RedeliverWebhookDocument,
    "\n  mutation DeleteWebhook($input: DeleteWebhookInput!) {\n    deleteWebhook(input: $input) { deletedWebhookId userErrors { code field } }\n  }\n": typeof types.DeleteWebhookDocument,
    "\n  query Webhooks {\n    webhooks {\n      id\n      url\n      description\n      eventTypes\n      status\n      createdAt\n      deliveries(first: 100) {\n        edges { node { id eventId at eventType status attempts responseStatus nextAttemptAt } }\n      }\n    }\n  }\n": typeof types.WebhooksDocument,
};
const documents: Documents = {
    "\n  mutation DeleteMyAccount($input: DeleteMyAccountInput!) {\n    deleteMyAccount(input: $input) { erasedAt userErrors { code field message } }\n  }\n": types.DeleteMyAccountDocument,
    "\n  mutation CancelAccountDeletion($input: CancelAccountDeletionInput!) {\n    cancelAccountDeletion(input: $input) { passwordResetToken userErrors { code field message } }\n  }\n": types.CancelAccountDeletionDocument,
    "\n  query Users($filter: UserFilter, $orderBy: UserOrder, $first: Int, $after: String, $last: Int, $before: String) {\n    users(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id username role status createdAt email lastLoginAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      totalCount\n    }\n  }\n": types.UsersDocument,
    "\n  query OneUser($id: ID!) {\n    user(id: $id) {\n      username email lastLoginAt locale passwordChangedAt twoFactor { enabled } apiToken { hint } sessions { id current }\n      securityEvents(first: 5) { edges { node { type } } } securityFindings { code }\n    }\n  }\n": types.OneUserDocument,
    "\n  mutation ViewApiToken { viewApiToken { token apiToken { hint createdAt lastUsedAt lastUsedIp } userErrors { code field message } } }\n": types.ViewApiTokenDocument,
    "\n  mutation ResetApiToken { resetApiToken { token apiToken { hint createdAt lastUsedAt lastUsedIp } userErrors { code field message } } }\n": types.ResetApiTokenDocument,
    "\n  mutation AttemptLogin($input: LoginInput!) {\n    login(input: $input) { session { session { id } } userErrors { code field message } }\n  }\n": types.AttemptLoginDocument,
    "\n  mutation CreateCallKey($input: CreateCallKeyInput!) {\n    createCallKey(input: $input) { key callKey { ...WholeCallKey } userErrors { code field message } }\n  }\n  fragment WholeCallKey on CallKey {\n    id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed oldKeyValidUntil\n    period periodQuota periodUsed periodTimeZone periodResetsAt requestsPerMinuteLimit tokensPerMinuteLimit\n  }\n": types.CreateCallKeyDocument,
    "\n  mutation UpdateCallKey($input: UpdateCallKeyInput!) { updateCallKey(input: $input) { callKey { ...WholeCallKey } userErrors { code field message } } }\n": types.UpdateCallKeyDocument,
    "\n  mutation RotateCallKey($input: RotateCallKeyInput!) { rotateCallKey(input: $input) { key callKey { ...WholeCallKey } userErrors { code field message } } }\n": types.RotateCallKeyDocument,
    "\n  mutation EndCallKeyGrace($input: EndCallKeyGraceInput!) { endCallKeyGrace(input: $input) { callKey { ...WholeCallKey } userErrors { code field message } } }\n": types.EndCallKeyGraceDocument,
    "\n  mutation DeleteCallKeys($input: DeleteCallKeysInput!) { deleteCallKeys(input: $input) { deletedIds userErrors { code field message } } }\n": types.DeleteCallKeysDocument,
    "\n  query CallKeys($filter: CallKeyFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me { callKeys(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      totalCount edges { cursor node { ...WholeCallKey } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    } }\n  }\n": types.CallKeysDocument,
    "\n  query VerifyRenewingKey($key: String!, $model: String) {\n    verifyCallKey(key: $key, model: $model) {\n      valid refusal validFrom callKey { status periodUsed requestsPerMinuteLimit tokensPerMinuteLimit }\n    }\n  }\n": types.VerifyRenewingKeyDocument,
    "\n  query VerifyCallKey($key: String!, $model: String, $ip: String) {\n    verifyCallKey(key: $key, model: $model, ip: $ip) { valid refusal callKey { id name } userId }\n  }\n": types.VerifyCallKeyDocument,
    "\n  mutation SendVerificationCode($input: SendVerificationCodeInput!) {\n    sendVerificationCode(input: $input) { expiresAt resendAfter userErrors { code field message } }\n  }\n": types.SendVerificationCodeDocument,
    "\n  mutation BindEmail($input: BindEmailInput!) {\n    bindEmail(input: $input) { user { email } userErrors { code field message } }\n  }\n": types.BindEmailDocument,
    "\n  mutation RevertEmailChange($input: RevertEmailChangeInput!) { revertEmailChange(input: $input) { passwordResetToken userErrors { code field message } } }\n": types.RevertEmailChangeDocument,
    "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) { user { username } session { token session { id current } } userErrors { code field message } }\n  }\n": types.ChangePasswordDocument,
    "\n  mutation UseLink($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code field message } } }\n": types.UseLinkDocument,
    "\n  mutation RequestPasswordReset($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code field message } } }\n": types.RequestPasswordResetDocument,
    "\n  mutation ResetPassword($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code field message } } }\n": types.ResetPasswordDocument,
    "\n  mutation RevokeEverything($input: RevokeEverythingInput!) {\n    revokeEverything(input: $input) {\n      sessions accessTokens callKeys session { session { id current } } userErrors { code }\n    }\n  }\n": types.RevokeEverythingDocument,
    "\n  query KeyStatus($id: ID!) { node(id: $id) { ... on CallKey { status } } }\n": types.KeyStatusDocument,
    "\n  query EverybodysEvents($filter: AllSecurityEventsFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    securityEvents(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id at type outcome reason detail ip device requestId user { username } actor { id username role } } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n": types.EverybodysEventsDocument,
    "\n  query OwnEvents($filter: SecurityEventFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      securityEvents(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type outcome reason ip device requestId user { username } actor { id username role } } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n": types.OwnEventsDocument,
    "\n  query VerifyCredential($credential: String!, $ip: String) {\n    verifyCredential(credential: $credential, ip: $ip) {\n      active kind userId username role factors scopes authenticatedAt expiresAt\n    }\n  }\n": types.VerifyCredentialDocument,
    "\n  mutation ConfirmIdentity($input: ConfirmIdentityInput!) {\n    confirmIdentity(input: $input) { stepUpExpiresAt session { token session { id } } userErrors { code field message } }\n  }\n": types.ConfirmIdentityDocument,
    "query SignInWhoAmI { me { username } }": types.SignInWhoAmIDocument,
    "mutation SignInLogout { logout { userErrors { code } } }": types.SignInLogoutDocument,
    "\n  query SignUpPolicy { policy { passwordMinLength passwordMaxLength passwordAdvice usernamePattern registration twoFactorRequiredFor } }\n": types.SignUpPolicyDocument,
    "\n  mutation SignUpCompleteSetup($input: CompleteSetupInput!) {\n    completeSetup(input: $input) {\n      user { id username role }\n      session { token session { id current factors } }\n      userErrors { code field message }\n    }\n  }\n": types.SignUpCompleteSetupDocument,
    "\n  mutation RecordUsage($input: RecordUsageInput!) {\n    recordUsage(input: $input) { recorded duplicates rejected { index requestId code } userErrors { code field message } }\n  }\n": types.RecordUsageDocument,
    "\n  query OwnUsageLogs($filter: UsageLogFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      usageLogs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type callKey { id name } callKeyName model promptTokens completionTokens quota latencyMs requestId ip } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n": types.OwnUsageLogsDocument,
    "\n  query OwnUsage($filter: UsageLogFilter, $interval: UsageInterval!) {\n    me {\n      usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }\n      usageSeries(filter: $filter, interval: $interval) { at requests tokens quota }\n    }\n  }\n": types.OwnUsageDocument,
    "\n  query UsageByZone($filter: AllUsageLogsFilter, $interval: UsageInterval!, $timeZone: String!) {\n    usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota }\n    usageSeries(filter: $filter, interval: $interval, timeZone: $timeZone) { at requests errors tokens quota }\n  }\n": types.UsageByZoneDocument,
    "\n  query UsageByShare($filter: AllUsageLogsFilter, $by: UsageDimension!, $first: Int!) {\n    usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota }\n    usageBreakdown(filter: $filter, by: $by, first: $first) { label requests errors tokens quota callKey { id } user { id } }\n  }\n": types.UsageByShareDocument,
    "\n  mutation SetUsageWarnings($input: SetUsageWarningsInput!) {\n    setUsageWarnings(input: $input) { user { usageWarnings } userErrors { code field } }\n  }\n": types.SetUsageWarningsDocument,
    "\n  mutation ChangeUsername($input: ChangeUsernameInput!) {\n    changeUsername(input: $input) { user { id username } userErrors { code field message } }\n  }\n": types.ChangeUsernameDocument,
    "\n  mutation CreateAccessToken($input: CreateAccessTokenInput!) {\n    createAccessToken(input: $input) {\n      token\n      accessToken { id name hint scopes allowedIps status createdAt expiresAt lastUsedAt lastUsedIp oldTokenValidUntil }\n      userErrors { code field message }\n    }\n  }\n": types.CreateAccessTokenDocument,
    "\n  mutation UpdateAccessToken($input: UpdateAccessTokenInput!) {\n    updateAccessToken(input: $input) { accessToken { id name allowedIps } userErrors { code field } }\n  }\n": types.UpdateAccessTokenDocument,
    "\n  mutation RotateAccessToken($input: RotateAccessTokenInput!) {\n    rotateAccessToken(input: $input) {\n      token\n      accessToken { id hint expiresAt oldTokenValidUntil }\n      userErrors { code field }\n    }\n  }\n": types.RotateAccessTokenDocument,
    "\n  mutation RevokeAccessTokens($input: RevokeAccessTokensInput!) {\n    revokeAccessTokens(input: $input) { revokedIds userErrors { code field } }\n  }\n": types.RevokeAccessTokensDocument,
    "\n  query MyAccessTokens { me { accessTokens { id name hint status lastUsedAt lastUsedIp oldTokenValidUntil expiresAt } } }\n": types.MyAccessTokensDocument,
    "\n  mutation IssueIdentityToken($input: IssueIdentityTokenInput!) {\n    issueIdentityToken(input: $input) { token expiresAt userErrors { code field message } }\n  }\n": types.IssueIdentityTokenDocument,
    "\n  mutation StartPasskeyRegistration($input: StartPasskeyRegistrationInput) {\n    startPasskeyRegistration(input: $input) { options userErrors { code field message } }\n  }\n": types.StartPasskeyRegistrationDocument,
    "\n  mutation RegisterPasskey($input: RegisterPasskeyInput!) {\n    registerPasskey(input: $input) {\n      passkey { id name provider synced signsIn createdAt lastUsedAt }\n      backupCodes\n      session { token session { id factors } }\n      userErrors { code field message }\n    }\n  }\n": types.RegisterPasskeyDocument,
    "mutation StartPasskeyLogin { startPasskeyLogin { options userErrors { code } } }": types.StartPasskeyLoginDocument,
    "\n  mutation LoginWithPasskey($input: LoginWithPasskeyInput!) {\n    loginWithPasskey(input: $input) {\n      user { id username }\n      session { token session { id factors } }\n      secondFactor { challenge }\n      userErrors { code field message }\n    }\n  }\n": types.LoginWithPasskeyDocument,
    "mutation StartPasskeyConfirmation { startPasskeyConfirmation { options userErrors { code field } } }": types.StartPasskeyConfirmationDocument,
    "\n  query MyPasskeys {\n    me { passkeys { id name provider synced signsIn lastUsedAt } twoFactor { enabled factors backupCodesLeft } }\n  }\n": types.MyPasskeysDocument,
    "\n  mutation DeletePasskey($input: DeletePasskeyInput!) {\n    deletePasskey(input: $input) { deletedPasskeyId session { token } userErrors { code field } }\n  }\n": types.DeletePasskeyDocument,
    "\n  query WhoAmIAtProcess { me { id username } }\n": types.WhoAmIAtProcessDocument,
    "\n  mutation TrustBrowser($input: VerifySecondFactorInput!) {\n    verifySecondFactor(input: $input) { session { token session { id factors } } userErrors { code field message } }\n  }\n": types.TrustBrowserDocument,
    "\n  query MyTrustedBrowsers { me { trustedBrowsers { id device ip createdAt lastUsedAt expiresAt current } } }\n": types.MyTrustedBrowsersDocument,
    "\n  mutation ForgetTrustedBrowsers($input: ForgetTrustedBrowsersInput!) {\n    forgetTrustedBrowsers(input: $input) { forgottenIds userErrors { code field message } }\n  }\n": types.ForgetTrustedBrowsersDocument,
    "\n  mutation EnableTwoFactor($input: EnableTwoFactorInput) {\n    enableTwoFactor(input: $input) { enrolment { secret otpauthUri qrCode png: qrCode(format: PNG) expiresAt } userErrors { code field message } }\n  }\n": types.EnableTwoFactorDocument,
    "\n  mutation ConfirmTwoFactor($input: ConfirmTwoFactorInput!) {\n    confirmTwoFactor(input: $input) {\n      user { id username twoFactor { enabled enabledAt backupCodesLeft } }\n      backupCodes\n      session { token session { id factors } }\n      userErrors { code field message }\n    }\n  }\n": types.ConfirmTwoFactorDocument,
    "\n  mutation DisableTwoFactor($input: DisableTwoFactorInput!) {\n    disableTwoFactor(input: $input) { user { twoFactor { enabled enabledAt backupCodesLeft } } session { token session { id } } userErrors { code field message } }\n  }\n": types.DisableTwoFactorDocument,
    "\n  mutation RegenerateBackupCodes($input: RegenerateBackupCodesInput!) {\n    regenerateBackupCodes(input: $input) { backupCodes userErrors { code field message } }\n  }\n": types.RegenerateBackupCodesDocument,
    "\n  mutation ConfirmIdentityWithFactor($input: ConfirmIdentityInput!) {\n    confirmIdentity(input: $input) { stepUpExpiresAt session { token session { id } } userErrors { code field message } }\n  }\n": types.ConfirmIdentityWithFactorDocument,
    "\n  mutation VerifySecondFactor($input: VerifySecondFactorInput!) {\n    verifySecondFactor(input: $input) {\n      user { id username }\n      session { token session { id current factors expiresAt } }\n      backupCodesLeft\n      userErrors { code field message }\n    }\n  }\n": types.VerifySecondFactorDocument,
    "\n  mutation ChallengeLogin($input: LoginInput!) {\n    login(input: $input) { session { token } secondFactor { challenge } userErrors { code field message } }\n  }\n": types.ChallengeLoginDocument,
    "query MyTwoFactor { me { twoFactor { enabled enabledAt backupCodesLeft } } }": types.MyTwoFactorDocument,
    "\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) {\n      user { id username role }\n      session { token session { id current factors } }\n      userErrors { code field message }\n    }\n  }\n": types.RegisterDocument,
    "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      user { id username role }\n      session { token session { id current factors } }\n      secondFactor { challenge factors expiresAt }\n      userErrors { code field message }\n    }\n  }\n": types.LoginDocument,
    "\n  mutation CreateWebhook($input: CreateWebhookInput!) {\n    createWebhook(input: $input) {\n      secret\n      webhook { id url description eventTypes status createdAt }\n      userErrors { code field message details { limit } }\n    }\n  }\n": types.CreateWebhookDocument,
    "\n  mutation UpdateWebhook($input: UpdateWebhookInput!) {\n    updateWebhook(input: $input) {\n      webhook { id url description eventTypes status }\n      userErrors { code field }\n    }\n  }\n": types.UpdateWebhookDocument,
    "\n  mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {\n    rotateWebhookSecret(input: $input) { secret webhook { id } userErrors { code field } }\n  }\n": types.RotateWebhookSecretDocument,
    "\n  mutation TestWebhook($input: TestWebhookInput!) {\n    testWebhook(input: $input) { delivery { id eventId eventType status attempts } userErrors { code field } }\n  }\n": types.TestWebhookDocument,
    "\n  mutation RedeliverWebhook($input: RedeliverWebhookInput!) {\n    redeliverWebhook(input: $input) { delivery { id eventId status nextAttemptAt } userErrors { code field } }\n  }\n": types.RedeliverWebhookDocument,
    "\n  mutation DeleteWebhook($input: DeleteWebhookInput!) {\n    deleteWebhook(input: $input) { deletedWebhookId userErrors { code field } }\n  }\n": types.DeleteWebhookDocument,
    "\n  query Webhooks {\n    webhooks {\n      id\n      url\n      description\n      eventTypes\n      status\n      createdAt\n      deliveries(first: 100) {\n        edges { node { id eventId at eventType status attempts responseStatus nextAttemptAt } }\n      }\n    }\n  }\n": types.WebhooksDocument,
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
export function graphql(source: "\n  mutation DeleteMyAccount($input: DeleteMyAccountInput!) {\n    deleteMyAccount(input: $input) { erasedAt userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation DeleteMyAccount($input: DeleteMyAccountInput!) {\n    deleteMyAccount(input: $input) { erasedAt userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelAccountDeletion($input: CancelAccountDeletionInput!) {\n    cancelAccountDeletion(input: $input) { passwordResetToken userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation CancelAccountDeletion($input: CancelAccountDeletionInput!) {\n    cancelAccountDeletion(input: $input) { passwordResetToken userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Users($filter: UserFilter, $orderBy: UserOrder, $first: Int, $after: String, $last: Int, $before: String) {\n    users(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id username role status createdAt email lastLoginAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      totalCount\n    }\n  }\n"): (typeof documents)["\n  query Users($filter: UserFilter, $orderBy: UserOrder, $first: Int, $after: String, $last: Int, $before: String) {\n    users(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id username role status createdAt email lastLoginAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      totalCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OneUser($id: ID!) {\n    user(id: $id) {\n      username email lastLoginAt locale passwordChangedAt twoFactor { enabled } apiToken { hint } sessions { id current }\n      securityEvents(first: 5) { edges { node { type } } } securityFindings { code }\n    }\n  }\n"): (typeof documents)["\n  query OneUser($id: ID!) {\n    user(id: $id) {\n      username email lastLoginAt locale passwordChangedAt twoFactor { enabled } apiToken { hint } sessions { id current }\n      securityEvents(first: 5) { edges { node { type } } } securityFindings { code }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ViewApiToken { viewApiToken { token apiToken { hint createdAt lastUsedAt lastUsedIp } userErrors { code field message } } }\n"): (typeof documents)["\n  mutation ViewApiToken { viewApiToken { token apiToken { hint createdAt lastUsedAt lastUsedIp } userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResetApiToken { resetApiToken { token apiToken { hint createdAt lastUsedAt lastUsedIp } userErrors { code field message } } }\n"): (typeof documents)["\n  mutation ResetApiToken { resetApiToken { token apiToken { hint createdAt lastUsedAt lastUsedIp } userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AttemptLogin($input: LoginInput!) {\n    login(input: $input) { session { session { id } } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation AttemptLogin($input: LoginInput!) {\n    login(input: $input) { session { session { id } } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateCallKey($input: CreateCallKeyInput!) {\n    createCallKey(input: $input) { key callKey { ...WholeCallKey } userErrors { code field message } }\n  }\n  fragment WholeCallKey on CallKey {\n    id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed oldKeyValidUntil\n    period periodQuota periodUsed periodTimeZone periodResetsAt requestsPerMinuteLimit tokensPerMinuteLimit\n  }\n"): (typeof documents)["\n  mutation CreateCallKey($input: CreateCallKeyInput!) {\n    createCallKey(input: $input) { key callKey { ...WholeCallKey } userErrors { code field message } }\n  }\n  fragment WholeCallKey on CallKey {\n    id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed oldKeyValidUntil\n    period periodQuota periodUsed periodTimeZone periodResetsAt requestsPerMinuteLimit tokensPerMinuteLimit\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateCallKey($input: UpdateCallKeyInput!) { updateCallKey(input: $input) { callKey { ...WholeCallKey } userErrors { code field message } } }\n"): (typeof documents)["\n  mutation UpdateCallKey($input: UpdateCallKeyInput!) { updateCallKey(input: $input) { callKey { ...WholeCallKey } userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RotateCallKey($input: RotateCallKeyInput!) { rotateCallKey(input: $input) { key callKey { ...WholeCallKey } userErrors { code field message } } }\n"): (typeof documents)["\n  mutation RotateCallKey($input: RotateCallKeyInput!) { rotateCallKey(input: $input) { key callKey { ...WholeCallKey } userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndCallKeyGrace($input: EndCallKeyGraceInput!) { endCallKeyGrace(input: $input) { callKey { ...WholeCallKey } userErrors { code field message } } }\n"): (typeof documents)["\n  mutation EndCallKeyGrace($input: EndCallKeyGraceInput!) { endCallKeyGrace(input: $input) { callKey { ...WholeCallKey } userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteCallKeys($input: DeleteCallKeysInput!) { deleteCallKeys(input: $input) { deletedIds userErrors { code field message } } }\n"): (typeof documents)["\n  mutation DeleteCallKeys($input: DeleteCallKeysInput!) { deleteCallKeys(input: $input) { deletedIds userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CallKeys($filter: CallKeyFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me { callKeys(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      totalCount edges { cursor node { ...WholeCallKey } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    } }\n  }\n"): (typeof documents)["\n  query CallKeys($filter: CallKeyFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me { callKeys(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      totalCount edges { cursor node { ...WholeCallKey } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query VerifyRenewingKey($key: String!, $model: String) {\n    verifyCallKey(key: $key, model: $model) {\n      valid refusal validFrom callKey { status periodUsed requestsPerMinuteLimit tokensPerMinuteLimit }\n    }\n  }\n"): (typeof documents)["\n  query VerifyRenewingKey($key: String!, $model: String) {\n    verifyCallKey(key: $key, model: $model) {\n      valid refusal validFrom callKey { status periodUsed requestsPerMinuteLimit tokensPerMinuteLimit }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query VerifyCallKey($key: String!, $model: String, $ip: String) {\n    verifyCallKey(key: $key, model: $model, ip: $ip) { valid refusal callKey { id name } userId }\n  }\n"): (typeof documents)["\n  query VerifyCallKey($key: String!, $model: String, $ip: String) {\n    verifyCallKey(key: $key, model: $model, ip: $ip) { valid refusal callKey { id name } userId }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendVerificationCode($input: SendVerificationCodeInput!) {\n    sendVerificationCode(input: $input) { expiresAt resendAfter userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation SendVerificationCode($input: SendVerificationCodeInput!) {\n    sendVerificationCode(input: $input) { expiresAt resendAfter userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation BindEmail($input: BindEmailInput!) {\n    bindEmail(input: $input) { user { email } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation BindEmail($input: BindEmailInput!) {\n    bindEmail(input: $input) { user { email } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevertEmailChange($input: RevertEmailChangeInput!) { revertEmailChange(input: $input) { passwordResetToken userErrors { code field message } } }\n"): (typeof documents)["\n  mutation RevertEmailChange($input: RevertEmailChangeInput!) { revertEmailChange(input: $input) { passwordResetToken userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) { user { username } session { token session { id current } } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) { user { username } session { token session { id current } } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UseLink($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code field message } } }\n"): (typeof documents)["\n  mutation UseLink($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RequestPasswordReset($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code field message } } }\n"): (typeof documents)["\n  mutation RequestPasswordReset($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResetPassword($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code field message } } }\n"): (typeof documents)["\n  mutation ResetPassword($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code field message } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeEverything($input: RevokeEverythingInput!) {\n    revokeEverything(input: $input) {\n      sessions accessTokens callKeys session { session { id current } } userErrors { code }\n    }\n  }\n"): (typeof documents)["\n  mutation RevokeEverything($input: RevokeEverythingInput!) {\n    revokeEverything(input: $input) {\n      sessions accessTokens callKeys session { session { id current } } userErrors { code }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query KeyStatus($id: ID!) { node(id: $id) { ... on CallKey { status } } }\n"): (typeof documents)["\n  query KeyStatus($id: ID!) { node(id: $id) { ... on CallKey { status } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EverybodysEvents($filter: AllSecurityEventsFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    securityEvents(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id at type outcome reason detail ip device requestId user { username } actor { id username role } } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n"): (typeof documents)["\n  query EverybodysEvents($filter: AllSecurityEventsFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    securityEvents(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id at type outcome reason detail ip device requestId user { username } actor { id username role } } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnEvents($filter: SecurityEventFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      securityEvents(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type outcome reason ip device requestId user { username } actor { id username role } } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n"): (typeof documents)["\n  query OwnEvents($filter: SecurityEventFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      securityEvents(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type outcome reason ip device requestId user { username } actor { id username role } } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query VerifyCredential($credential: String!, $ip: String) {\n    verifyCredential(credential: $credential, ip: $ip) {\n      active kind userId username role factors scopes authenticatedAt expiresAt\n    }\n  }\n"): (typeof documents)["\n  query VerifyCredential($credential: String!, $ip: String) {\n    verifyCredential(credential: $credential, ip: $ip) {\n      active kind userId username role factors scopes authenticatedAt expiresAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConfirmIdentity($input: ConfirmIdentityInput!) {\n    confirmIdentity(input: $input) { stepUpExpiresAt session { token session { id } } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation ConfirmIdentity($input: ConfirmIdentityInput!) {\n    confirmIdentity(input: $input) { stepUpExpiresAt session { token session { id } } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query SignInWhoAmI { me { username } }"): (typeof documents)["query SignInWhoAmI { me { username } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SignInLogout { logout { userErrors { code } } }"): (typeof documents)["mutation SignInLogout { logout { userErrors { code } } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SignUpPolicy { policy { passwordMinLength passwordMaxLength passwordAdvice usernamePattern registration twoFactorRequiredFor } }\n"): (typeof documents)["\n  query SignUpPolicy { policy { passwordMinLength passwordMaxLength passwordAdvice usernamePattern registration twoFactorRequiredFor } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignUpCompleteSetup($input: CompleteSetupInput!) {\n    completeSetup(input: $input) {\n      user { id username role }\n      session { token session { id current factors } }\n      userErrors { code field message }\n    }\n  }\n"): (typeof documents)["\n  mutation SignUpCompleteSetup($input: CompleteSetupInput!) {\n    completeSetup(input: $input) {\n      user { id username role }\n      session { token session { id current factors } }\n      userErrors { code field message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RecordUsage($input: RecordUsageInput!) {\n    recordUsage(input: $input) { recorded duplicates rejected { index requestId code } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation RecordUsage($input: RecordUsageInput!) {\n    recordUsage(input: $input) { recorded duplicates rejected { index requestId code } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnUsageLogs($filter: UsageLogFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      usageLogs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type callKey { id name } callKeyName model promptTokens completionTokens quota latencyMs requestId ip } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n"): (typeof documents)["\n  query OwnUsageLogs($filter: UsageLogFilter, $first: Int, $after: String, $last: Int, $before: String) {\n    me {\n      usageLogs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n        edges { cursor node { id at type callKey { id name } callKeyName model promptTokens completionTokens quota latencyMs requestId ip } }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnUsage($filter: UsageLogFilter, $interval: UsageInterval!) {\n    me {\n      usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }\n      usageSeries(filter: $filter, interval: $interval) { at requests tokens quota }\n    }\n  }\n"): (typeof documents)["\n  query OwnUsage($filter: UsageLogFilter, $interval: UsageInterval!) {\n    me {\n      usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }\n      usageSeries(filter: $filter, interval: $interval) { at requests tokens quota }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UsageByZone($filter: AllUsageLogsFilter, $interval: UsageInterval!, $timeZone: String!) {\n    usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota }\n    usageSeries(filter: $filter, interval: $interval, timeZone: $timeZone) { at requests errors tokens quota }\n  }\n"): (typeof documents)["\n  query UsageByZone($filter: AllUsageLogsFilter, $interval: UsageInterval!, $timeZone: String!) {\n    usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota }\n    usageSeries(filter: $filter, interval: $interval, timeZone: $timeZone) { at requests errors tokens quota }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UsageByShare($filter: AllUsageLogsFilter, $by: UsageDimension!, $first: Int!) {\n    usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota }\n    usageBreakdown(filter: $filter, by: $by, first: $first) { label requests errors tokens quota callKey { id } user { id } }\n  }\n"): (typeof documents)["\n  query UsageByShare($filter: AllUsageLogsFilter, $by: UsageDimension!, $first: Int!) {\n    usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota }\n    usageBreakdown(filter: $filter, by: $by, first: $first) { label requests errors tokens quota callKey { id } user { id } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetUsageWarnings($input: SetUsageWarningsInput!) {\n    setUsageWarnings(input: $input) { user { usageWarnings } userErrors { code field } }\n  }\n"): (typeof documents)["\n  mutation SetUsageWarnings($input: SetUsageWarningsInput!) {\n    setUsageWarnings(input: $input) { user { usageWarnings } userErrors { code field } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeUsername($input: ChangeUsernameInput!) {\n    changeUsername(input: $input) { user { id username } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation ChangeUsername($input: ChangeUsernameInput!) {\n    changeUsername(input: $input) { user { id username } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateAccessToken($input: CreateAccessTokenInput!) {\n    createAccessToken(input: $input) {\n      token\n      accessToken { id name hint scopes allowedIps status createdAt expiresAt lastUsedAt lastUsedIp oldTokenValidUntil }\n      userErrors { code field message }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateAccessToken($input: CreateAccessTokenInput!) {\n    createAccessToken(input: $input) {\n      token\n      accessToken { id name hint scopes allowedIps status createdAt expiresAt lastUsedAt lastUsedIp oldTokenValidUntil }\n      userErrors { code field message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateAccessToken($input: UpdateAccessTokenInput!) {\n    updateAccessToken(input: $input) { accessToken { id name allowedIps } userErrors { code field } }\n  }\n"): (typeof documents)["\n  mutation UpdateAccessToken($input: UpdateAccessTokenInput!) {\n    updateAccessToken(input: $input) { accessToken { id name allowedIps } userErrors { code field } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RotateAccessToken($input: RotateAccessTokenInput!) {\n    rotateAccessToken(input: $input) {\n      token\n      accessToken { id hint expiresAt oldTokenValidUntil }\n      userErrors { code field }\n    }\n  }\n"): (typeof documents)["\n  mutation RotateAccessToken($input: RotateAccessTokenInput!) {\n    rotateAccessToken(input: $input) {\n      token\n      accessToken { id hint expiresAt oldTokenValidUntil }\n      userErrors { code field }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeAccessTokens($input: RevokeAccessTokensInput!) {\n    revokeAccessTokens(input: $input) { revokedIds userErrors { code field } }\n  }\n"): (typeof documents)["\n  mutation RevokeAccessTokens($input: RevokeAccessTokensInput!) {\n    revokeAccessTokens(input: $input) { revokedIds userErrors { code field } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyAccessTokens { me { accessTokens { id name hint status lastUsedAt lastUsedIp oldTokenValidUntil expiresAt } } }\n"): (typeof documents)["\n  query MyAccessTokens { me { accessTokens { id name hint status lastUsedAt lastUsedIp oldTokenValidUntil expiresAt } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation IssueIdentityToken($input: IssueIdentityTokenInput!) {\n    issueIdentityToken(input: $input) { token expiresAt userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation IssueIdentityToken($input: IssueIdentityTokenInput!) {\n    issueIdentityToken(input: $input) { token expiresAt userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartPasskeyRegistration($input: StartPasskeyRegistrationInput) {\n    startPasskeyRegistration(input: $input) { options userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation StartPasskeyRegistration($input: StartPasskeyRegistrationInput) {\n    startPasskeyRegistration(input: $input) { options userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RegisterPasskey($input: RegisterPasskeyInput!) {\n    registerPasskey(input: $input) {\n      passkey { id name provider synced signsIn createdAt lastUsedAt }\n      backupCodes\n      session { token session { id factors } }\n      userErrors { code field message }\n    }\n  }\n"): (typeof documents)["\n  mutation RegisterPasskey($input: RegisterPasskeyInput!) {\n    registerPasskey(input: $input) {\n      passkey { id name provider synced signsIn createdAt lastUsedAt }\n      backupCodes\n      session { token session { id factors } }\n      userErrors { code field message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation StartPasskeyLogin { startPasskeyLogin { options userErrors { code } } }"): (typeof documents)["mutation StartPasskeyLogin { startPasskeyLogin { options userErrors { code } } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LoginWithPasskey($input: LoginWithPasskeyInput!) {\n    loginWithPasskey(input: $input) {\n      user { id username }\n      session { token session { id factors } }\n      secondFactor { challenge }\n      userErrors { code field message }\n    }\n  }\n"): (typeof documents)["\n  mutation LoginWithPasskey($input: LoginWithPasskeyInput!) {\n    loginWithPasskey(input: $input) {\n      user { id username }\n      session { token session { id factors } }\n      secondFactor { challenge }\n      userErrors { code field message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation StartPasskeyConfirmation { startPasskeyConfirmation { options userErrors { code field } } }"): (typeof documents)["mutation StartPasskeyConfirmation { startPasskeyConfirmation { options userErrors { code field } } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyPasskeys {\n    me { passkeys { id name provider synced signsIn lastUsedAt } twoFactor { enabled factors backupCodesLeft } }\n  }\n"): (typeof documents)["\n  query MyPasskeys {\n    me { passkeys { id name provider synced signsIn lastUsedAt } twoFactor { enabled factors backupCodesLeft } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeletePasskey($input: DeletePasskeyInput!) {\n    deletePasskey(input: $input) { deletedPasskeyId session { token } userErrors { code field } }\n  }\n"): (typeof documents)["\n  mutation DeletePasskey($input: DeletePasskeyInput!) {\n    deletePasskey(input: $input) { deletedPasskeyId session { token } userErrors { code field } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WhoAmIAtProcess { me { id username } }\n"): (typeof documents)["\n  query WhoAmIAtProcess { me { id username } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TrustBrowser($input: VerifySecondFactorInput!) {\n    verifySecondFactor(input: $input) { session { token session { id factors } } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation TrustBrowser($input: VerifySecondFactorInput!) {\n    verifySecondFactor(input: $input) { session { token session { id factors } } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyTrustedBrowsers { me { trustedBrowsers { id device ip createdAt lastUsedAt expiresAt current } } }\n"): (typeof documents)["\n  query MyTrustedBrowsers { me { trustedBrowsers { id device ip createdAt lastUsedAt expiresAt current } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ForgetTrustedBrowsers($input: ForgetTrustedBrowsersInput!) {\n    forgetTrustedBrowsers(input: $input) { forgottenIds userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation ForgetTrustedBrowsers($input: ForgetTrustedBrowsersInput!) {\n    forgetTrustedBrowsers(input: $input) { forgottenIds userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EnableTwoFactor($input: EnableTwoFactorInput) {\n    enableTwoFactor(input: $input) { enrolment { secret otpauthUri qrCode png: qrCode(format: PNG) expiresAt } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation EnableTwoFactor($input: EnableTwoFactorInput) {\n    enableTwoFactor(input: $input) { enrolment { secret otpauthUri qrCode png: qrCode(format: PNG) expiresAt } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConfirmTwoFactor($input: ConfirmTwoFactorInput!) {\n    confirmTwoFactor(input: $input) {\n      user { id username twoFactor { enabled enabledAt backupCodesLeft } }\n      backupCodes\n      session { token session { id factors } }\n      userErrors { code field message }\n    }\n  }\n"): (typeof documents)["\n  mutation ConfirmTwoFactor($input: ConfirmTwoFactorInput!) {\n    confirmTwoFactor(input: $input) {\n      user { id username twoFactor { enabled enabledAt backupCodesLeft } }\n      backupCodes\n      session { token session { id factors } }\n      userErrors { code field message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DisableTwoFactor($input: DisableTwoFactorInput!) {\n    disableTwoFactor(input: $input) { user { twoFactor { enabled enabledAt backupCodesLeft } } session { token session { id } } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation DisableTwoFactor($input: DisableTwoFactorInput!) {\n    disableTwoFactor(input: $input) { user { twoFactor { enabled enabledAt backupCodesLeft } } session { token session { id } } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RegenerateBackupCodes($input: RegenerateBackupCodesInput!) {\n    regenerateBackupCodes(input: $input) { backupCodes userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation RegenerateBackupCodes($input: RegenerateBackupCodesInput!) {\n    regenerateBackupCodes(input: $input) { backupCodes userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConfirmIdentityWithFactor($input: ConfirmIdentityInput!) {\n    confirmIdentity(input: $input) { stepUpExpiresAt session { token session { id } } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation ConfirmIdentityWithFactor($input: ConfirmIdentityInput!) {\n    confirmIdentity(input: $input) { stepUpExpiresAt session { token session { id } } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation VerifySecondFactor($input: VerifySecondFactorInput!) {\n    verifySecondFactor(input: $input) {\n      user { id username }\n      session { token session { id current factors expiresAt } }\n      backupCodesLeft\n      userErrors { code field message }\n    }\n  }\n"): (typeof documents)["\n  mutation VerifySecondFactor($input: VerifySecondFactorInput!) {\n    verifySecondFactor(input: $input) {\n      user { id username }\n      session { token session { id current factors expiresAt } }\n      backupCodesLeft\n      userErrors { code field message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChallengeLogin($input: LoginInput!) {\n    login(input: $input) { session { token } secondFactor { challenge } userErrors { code field message } }\n  }\n"): (typeof documents)["\n  mutation ChallengeLogin($input: LoginInput!) {\n    login(input: $input) { session { token } secondFactor { challenge } userErrors { code field message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query MyTwoFactor { me { twoFactor { enabled enabledAt backupCodesLeft } } }"): (typeof documents)["query MyTwoFactor { me { twoFactor { enabled enabledAt backupCodesLeft } } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) {\n      user { id username role }\n      session { token session { id current factors } }\n      userErrors { code field message }\n    }\n  }\n"): (typeof documents)["\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) {\n      user { id username role }\n      session { token session { id current factors } }\n      userErrors { code field message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      user { id username role }\n      session { token session { id current factors } }\n      secondFactor { challenge factors expiresAt }\n      userErrors { code field message }\n    }\n  }\n"): (typeof documents)["\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      user { id username role }\n      session { token session { id current factors } }\n      secondFactor { challenge factors expiresAt }\n      userErrors { code field message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateWebhook($input: CreateWebhookInput!) {\n    createWebhook(input: $input) {\n      secret\n      webhook { id url description eventTypes status createdAt }\n      userErrors { code field message details { limit } }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateWebhook($input: CreateWebhookInput!) {\n    createWebhook(input: $input) {\n      secret\n      webhook { id url description eventTypes status createdAt }\n      userErrors { code field message details { limit } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateWebhook($input: UpdateWebhookInput!) {\n    updateWebhook(input: $input) {\n      webhook { id url description eventTypes status }\n      userErrors { code field }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateWebhook($input: UpdateWebhookInput!) {\n    updateWebhook(input: $input) {\n      webhook { id url description eventTypes status }\n      userErrors { code field }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {\n    rotateWebhookSecret(input: $input) { secret webhook { id } userErrors { code field } }\n  }\n"): (typeof documents)["\n  mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {\n    rotateWebhookSecret(input: $input) { secret webhook { id } userErrors { code field } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TestWebhook($input: TestWebhookInput!) {\n    testWebhook(input: $input) { delivery { id eventId eventType status attempts } userErrors { code field } }\n  }\n"): (typeof documents)["\n  mutation TestWebhook($input: TestWebhookInput!) {\n    testWebhook(input: $input) { delivery { id eventId eventType status attempts } userErrors { code field } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RedeliverWebhook($input: RedeliverWebhookInput!) {\n    redeliverWebhook(input: $input) { delivery { id eventId status nextAttemptAt } userErrors { code field } }\n  }\n"): (typeof documents)["\n  mutation RedeliverWebhook($input: RedeliverWebhookInput!) {\n    redeliverWebhook(input: $input) { delivery { id eventId status nextAttemptAt } userErrors { code field } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteWebhook($input: DeleteWebhookInput!) {\n    deleteWebhook(input: $input) { deletedWebhookId userErrors { code field } }\n  }\n"): (typeof documents)["\n  mutation DeleteWebhook($input: DeleteWebhookInput!) {\n    deleteWebhook(input: $input) { deletedWebhookId userErrors { code field } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Webhooks {\n    webhooks {\n      id\n      url\n      description\n      eventTypes\n      status\n      createdAt\n      deliveries(first: 100) {\n        edges { node { id eventId at eventType status attempts responseStatus nextAttemptAt } }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Webhooks {\n    webhooks {\n      id\n      url\n      description\n      eventTypes\n      status\n      createdAt\n      deliveries(first: 100) {\n        edges { node { id eventId at eventType status attempts responseStatus nextAttemptAt } }\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;