/** The scopes for the account of a token's owner. The API token has all of them. */
export const accountScopes = ['ACCOUNT_READ', 'EVENTS_READ', 'KEYS_READ', 'KEYS_WRITE', 'USAGE_READ'] as const;

/** The scopes for all accounts, which need the role of an administrator. They read only. */
export const adminScopes = ['USERS_READ', 'ALL_EVENTS_READ', 'ALL_USAGE_READ'] as const;

/** What an access token may do. */
export type TokenScope = (typeof accountScopes | typeof adminScopes)[number];

/** All scopes, in the order of the schema. */
export const tokenScopes: readonly TokenScope[] = [...accountScopes, ...adminScopes];

/** Whether a scope reaches other accounts than that of the token's owner. */
export const isAdminScope = (scope: TokenScope): boolean => (adminScopes as readonly TokenScope[]).includes(scope);
