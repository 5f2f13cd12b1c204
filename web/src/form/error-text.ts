import type { UserError } from '../api/use-action.js';
import { useMessages } from '../language/language.js';

/** The text of a user error: the server's message, unless the web app has a better one for its code. */
export function useErrorMessage(): (error: UserError) => string {
  const { errors } = useMessages();
  return ({ code, message }) => errors[code] ?? message;
}
