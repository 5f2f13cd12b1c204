import { credentialMessages } from '../../rules/credential-settings.js';
import { invalidValue, refuseWithError } from '../../rules/refuse.js';
import { canonicalName } from '../../text/normalize.js';
import { safeNamePattern } from '../../text/safe-name.js';
import { providerName } from './provider.js';

/** The canonical form of a passkey's name. Refuses with INVALID_VALUE; the rules are those of names of keys. */
export function parsePasskeyName(input: string): string {
  const name = canonicalName(input);
  return safeNamePattern.test(name) ? name : refuseWithError(invalidValue(credentialMessages.name, 'name'));
}

/** The name of a passkey whose owner gave none: its provider's. */
export const defaultPasskeyName = ({ aaguid }: { readonly aaguid: string }): string =>
  providerName(aaguid) ?? 'Passkey';
