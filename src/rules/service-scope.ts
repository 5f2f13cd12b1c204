/** All service scopes, in the order of the schema. */
export const serviceScopes = ['CALL_KEYS', 'CREDENTIALS'] as const;

/** What the token of a SERVICE account may do. */
export type ServiceScope = (typeof serviceScopes)[number];

/** The scopes of a service account whose creator chose none: those of a gateway. */
export const defaultServiceScopes: readonly ServiceScope[] = ['CALL_KEYS'];
