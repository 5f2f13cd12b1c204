import { readFileSync } from 'node:fs';

/** Why a file can't be read. Other faults have only their code. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: "doesn't exist",
  EACCES: "isn't readable for this user",
  EISDIR: 'is a folder',
};

/**
 * Reads the file that a setting names.
 *
 * @throws {Error} with a sentence that names the setting and the reason
 */
export function readSettingFile(setting: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new Error(`${setting} names a file that ${reasons[code] ?? `can't be read (${code})`}: ${path}`);
  }
}
