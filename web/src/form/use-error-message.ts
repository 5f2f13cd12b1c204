import type { UserError } from '../api/use-action.js';
import { useMessages } from '../language/language.js';

/**
 * Returns a function that returns the message of a user error: the server's, unless the web app has a better one for
 * its code.
 */
export function useErrorMessage(): (error: UserError) => string {
  const { errors } = useMessages();
  return ({ code, message }) => errors[code] ?? message;
}
