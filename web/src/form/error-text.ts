import type { UserError } from '../api/use-action.js';
import { useWords } from '../language/language.js';

/** The text of a user error: the server's message, unless the web app has a better one for its code. */
export function useErrorText(): (error: UserError) => string {
  const { errors } = useWords();
  return ({ code, message }) => errors[code] ?? message;
}
