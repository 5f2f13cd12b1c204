/** A call key of a user, as the ledger knows it. */
export interface Key {
  readonly id: string;
  secret: string;
  /** Secrets that must no longer work. */
  readonly ended: string[];
  state: 'ACTIVE' | 'DISABLED' | 'DELETED';
  /** What acknowledged reports charged. */
  charged: number;
}

/** A user, as the ledger knows them: what every answer about them must say. One worker acts for each. */
export interface SoakUser {
  readonly id: string;
  username: string;
  password: string;
  /** Passwords that must no longer work. */
  readonly endedPasswords: string[];
  /** A session that must be valid; null if none is kept. */
  token: string | null;
  /** Sessions that must no longer be valid. */
  readonly endedTokens: string[];
  email: string | null;
  hasFactor: boolean;
  /** Null if it is not known. */
  backupCodesLeft: number | null;
  status: 'ACTIVE' | 'DISABLED' | 'DELETED';
  role: 'USER' | 'ADMIN';
  readonly keys: Key[];
  /** How many faults were over when the user was last checked. */
  checkedAfter: number;
}

let names = 0;
let passwords = 0;

/** A username that no other user has. */
export const newName = (): string => `soak-${(names += 1)}`;

/** A password that no other user has. */
export const newPassword = (): string => `Quiet-Harbour-${1_000 + (passwords += 1)}`;

/** A user who has just signed up. */
export const newUser = (id: string, username: string, password: string, token: string | null): SoakUser => ({
  id,
  username,
  password,
  endedPasswords: [],
  token,
  endedTokens: [],
  email: null,
  hasFactor: false,
  backupCodesLeft: null,
  status: 'ACTIVE',
  role: 'USER',
  keys: [],
  checkedAfter: 0,
});
