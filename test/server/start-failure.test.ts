import { expect, test } from '@jest/globals';
import { unusableDirectory } from '../../src/database/connection/unusable-directory.js';
import { ListenError } from '../../src/http/listen.js';
import { explainFailure } from '../../src/server/start-failure.js';

const systemError = (code: string, syscall: string, path?: string) =>
  Object.assign(new Error(code), { code, syscall, ...(path ? { path } : {}) });

test.each([
  ['a full disk, as PGlite throws it', { name: 'ErrnoError', errno: 51 }, 'no space left on the disk. Free some space'],
  ['an I/O error, as PGlite throws it', { name: 'ErrnoError', errno: 29 }, 'the disk reports an error. Check the disk'],
  ['an unknown fault of PGlite’s file system', { name: 'ErrnoError', errno: 999 }, 'the disk reports an error'],
  ['a disk quota', systemError('EDQUOT', 'write'), 'the disk quota is reached. Free some space'],
  ['too many open files', systemError('EMFILE', 'open'), 'too many files are open. Raise the limit of open files'],
])('explains a data folder with %s', (_title, error, reason) => {
  expect(explainFailure(unusableDirectory('/tmp', error))).toMatch(
    `Postern can't start. Can't use the folder /tmp (POSTERN_DATA_DIR): ${reason}`,
  );
});

test('explains a database whose disk is full', () => {
  const full = Object.assign(new Error('could not extend file'), { code: '53100' });
  expect(explainFailure(new Error('wrapped', { cause: full }), 'The command failed')).toBe(
    'The command failed. No space left on the disk of the database. Free some space.',
  );
});

test('explains that the machine lacks the kind of address', () => {
  const endpoint = { host: '::1', port: 4000, settings: { host: 'POSTERN_HOST', port: 'PORT' } };
  expect(explainFailure(new ListenError(endpoint, 'EAFNOSUPPORT', new Error()))).toBe(
    "Postern can't start. This machine doesn't support addresses such as ::1 (POSTERN_HOST). Set POSTERN_HOST to an IPv4 address.",
  );
});

test('shows the properties of an unexpected error that is not an Error', () => {
  expect(explainFailure({ name: 'Surprise', errno: 7 })).toBe("Postern can't start.\n{ name: 'Surprise', errno: 7 }");
});

test('does not mistake an error of a rule or a connection for one of a file', () => {
  const unexpected = new Error('unexpected');
  expect(explainFailure(unexpected)).toContain(unexpected.stack!);
  expect(unusableDirectory('/tmp', unexpected)).toBe(unexpected);
});

test('explains that PgBouncer rejected a password', () => {
  const rejected = Object.assign(new Error('password authentication failed'), { code: '08P01' });
  expect(explainFailure(rejected)).toBe(
    "Postern can't start. The database (DATABASE_URL) rejected the connection: password authentication failed.",
  );
});
