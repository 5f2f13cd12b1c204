import { MAXIMUM_SEARCH_LENGTH } from '../database/read/like-pattern.js';
import { canonicalSearch } from '../text/normalize.js';
import { badUserInput } from './errors.js';

/**
 * The canonical form of a search text; null if it is empty.
 *
 * @throws {GraphQLError} BAD_USER_INPUT for more than 64 characters
 */
export function toSearchText(search: string | null | undefined): string | null {
  const text = canonicalSearch(search ?? '');
  if (text.length > MAXIMUM_SEARCH_LENGTH)
    throw badUserInput(`A search text can have at most ${MAXIMUM_SEARCH_LENGTH} characters.`);
  return text === '' ? null : text;
}
