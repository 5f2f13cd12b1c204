/** How many rows a table gets, and the period over which they are spread, up to now (in ms since 1970). */
export interface Scale {
  readonly rows: number;
  readonly from: number;
  readonly to: number;
}

/** A time in a row with the number `n`, in order. */
export const timeOf = (scale: Scale, n = 'n'): string => `to_timestamp(${msOf(scale, n)} / 1000.0)`;

const msOf = ({ rows, from, to }: Scale, n: string) => `(${from} + (${n}) * ${to - from} / ${rows})`;

/** The kinds of rows, whose IDs differ. */
const kinds = [
  'account',
  'session',
  'network',
  'key',
  'log',
  'event',
  'delivery',
  'device',
  'code',
  'passkey',
] as const;

/** The ID of the row with the number `n`: a UUIDv7, which sorts by the number. */
export const idOf = (scale: Scale, kind: (typeof kinds)[number], n = 'n'): string =>
  `(lpad(to_hex(${msOf(scale, n)}), 12, '0') || '7${kinds.indexOf(kind)}008' || lpad(to_hex(${n}), 15, '0'))::uuid`;

/** Random text of a length, such as that of a hash: 43 for 32 bytes in base64url. */
export const textOf = (kind: string, length = 43, n = 'n'): string => `rpad(md5('${kind} ' || (${n})), ${length}, 'x')`;

/** A ciphertext of so many bytes, with its key ID, nonce and tag. */
export const ciphertextOf = (bytes: number): string =>
  `'v1.2026a.' || ${textOf('ciphertext', 40 + Math.ceil((bytes * 4) / 3))}`;

export const addressOf = (n = 'n'): string =>
  `'10.' || (${n}) % 250 || '.' || (${n}) / 250 % 250 || '.' || (${n}) / 62500 % 250`;

export const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

const first =
  '{ann,bob,carl,dana,eve,frank,grace,heidi,ivan,judy,mallory,niaj,olivia,peggy,rupert,sybil,trent,victor,wendy,zoe}';
const last =
  '{smith,jones,weber,rossi,novak,silva,garcia,martin,dubois,kowalski,ivanov,nguyen,kim,tanaka,singh,okafor,haddad,larsen,virtanen,murphy}';

/** The username of the account with the number `n`. */
export const usernameOf = (n = 'n'): string =>
  `('${first}'::text[])[1 + (${n}) % 20] || '.' || ('${last}'::text[])[1 + (${n}) / 20 % 20] || (${n})`;

/** How many users send requests, in even distances among all accounts. */
export const USERS = 500;

/** Every 25th of these users has a history, which is as long with few as with many rows. */
export const READERS = 20;
const HISTORY = 100;

/** The numbers of the accounts of users. */
export const userNumbers = (rows: number): number[] =>
  Array.from({ length: USERS }, (_, user) => Math.floor(((user + 0.5) * rows) / USERS));

/** How far apart the rows of readers are. */
const distanceIn = (rows: number) => Math.max(1, Math.floor(rows / (READERS * HISTORY)));

/** How many rows the same reader has before the row with the number `n`. */
export const turnOf = (rows: number, n = 'n'): string => `${n} / ${distanceIn(rows) * READERS}`;

/** Whose row has the number `n`: one of the readers at even distances, otherwise the account with this number. */
export function ownerOf(rows: number, n = 'n'): string {
  const distance = distanceIn(rows);
  return `(case when ${n} % ${distance} = 0 then ${n} / ${distance} % ${READERS} * ${rows / READERS} + ${rows / USERS / 2} else ${n} end)`;
}
