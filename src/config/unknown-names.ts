import { distance } from 'fastest-levenshtein';
import { secretSettings, settings } from './settings.js';

const knownNames = [...Object.keys(settings), ...secretSettings.map((name) => `${name}_FILE`)];

/** Names that the programs in examples/ read. */
const namesOfExamples = new Set(['POSTERN_URL', 'POSTERN_TOKEN']);

/** Names shorter than this, such as HOST, differ by few letters from names of other programs. */
const MIN_LENGTH = 8;

/** How many letters a typo adds, drops or replaces at most; a swap counts as two. */
const MAX_TYPO = 2;

const withoutPrefix = (name: string) => name.replace(/^POSTERN_/, '');

/**
 * Describes names that look like settings but are none: with the prefix, or almost the name of a setting that is not
 * set. Never shows a value.
 */
export function unknownNames(names: readonly string[]): string[] {
  return names.flatMap((name) => {
    if (knownNames.includes(name) || namesOfExamples.has(name)) return [];
    const nearest = nearestTo(name);
    if (name.startsWith('POSTERN_'))
      return [
        nearest.letters <= withoutPrefix(name).length / 2
          ? `${name} is not a setting. Did you mean ${nearest.name}?`
          : `${name} is not a setting. See docs/settings.md`,
      ];
    const isTypo =
      nearest.letters > 0 && nearest.letters <= MAX_TYPO && withoutPrefix(nearest.name).length >= MIN_LENGTH;
    return isTypo && !names.includes(nearest.name) ? [`${name} is not a setting. Did you mean ${nearest.name}?`] : [];
  });
}

function nearestTo(name: string): { readonly name: string; readonly letters: number } {
  const [nearest] = knownNames
    .map((known) => ({
      name: known,
      letters: Math.min(distance(name, known), distance(withoutPrefix(name), withoutPrefix(known))),
    }))
    .sort((one, other) => one.letters - other.letters);
  return nearest ?? { name: '', letters: Infinity };
}
