/** All kinds of second factors, in the order in which a sign-in offers them. */
export const secondFactorKinds = ['TOTP', 'PASSKEY', 'BACKUP_CODE'] as const;

export type SecondFactorKind = (typeof secondFactorKinds)[number];
