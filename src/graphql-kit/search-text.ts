import { LONGEST_SEARCH } from '../database/read/like-pattern.js';
import { badUserInput } from './errors.js';

/**
 * What is searched for, in the form in which names and addresses are kept: lower case, without the control characters
 * and the blanks that pasting brings along; null for nothing.
 *
 * @throws {GraphQLError} BAD_USER_INPUT for more than 64 characters
 */
export function toSearchText(search: string | null | undefined): string | null {
  const text = (search ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cc}/gu, '')
    .trim();
  if (text.length > LONGEST_SEARCH) throw badUserInput(`A search has at most ${LONGEST_SEARCH} characters.`);
  return text === '' ? null : text;
}
