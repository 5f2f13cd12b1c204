import { hasWebauthn } from './has-webauthn.js';
import type { Factor, SecondFactorInput } from '../generated/graphql.js';
import type { FormValues } from './form-values.js';

/** A kind of second factor. */
export type FactorKind = Exclude<Factor, 'PASSWORD'>;

/**
 * The names of the form fields of FactorField: the code, named like the input field of the mutation, and the kind of
 * factor.
 */
export const FACTOR_NAME = 'factor';
export const KIND_NAME = 'factorKind';

/** The kinds that are offered if it is unknown which ones the account has. */
const anyCode: readonly FactorKind[] = ['TOTP', 'BACKUP_CODE'];

/** The second factors of an account that this browser can use, in the same order. */
export function usableFactors(factors: readonly Factor[]): readonly FactorKind[] {
  const kinds = factors.filter((factor) => factor !== 'PASSWORD');
  const usable = hasWebauthn() ? kinds : kinds.filter((kind) => kind !== 'PASSKEY');
  return [usable, kinds, anyCode].find(({ length }) => length > 0) ?? anyCode;
}

/**
 * The second factor of a submitted form.
 * @param askForPasskey gets the response of a passkey, if the form asks for one
 * @returns undefined if the form has no FactorField; null if the user gave no passkey
 */
export async function getSecondFactor(
  form: FormValues,
  askForPasskey: () => Promise<object | null>,
): Promise<SecondFactorInput | null | undefined> {
  if (!form.has(KIND_NAME)) return undefined;
  const code = form.text(FACTOR_NAME);
  switch (form.text(KIND_NAME) as FactorKind) {
    case 'TOTP':
      return { totpCode: code };
    case 'BACKUP_CODE':
      return { backupCode: code };
    case 'PASSKEY': {
      const passkey = await askForPasskey();
      return passkey && { passkey };
    }
  }
}
