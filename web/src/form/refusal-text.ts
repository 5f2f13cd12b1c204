import type { Refusal } from '../api/use-action.js';
import { useWords } from '../language/language.js';

/** What a refusal says in the language of the page; in the server's words where the page has none. */
export function useRefusalText(): (refusal: Refusal) => string {
  const { refusals } = useWords();
  return ({ code, message }) => refusals[code] ?? message;
}
