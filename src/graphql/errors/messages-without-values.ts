import { GraphQLError } from 'graphql';

/**
 * Matches the errors about invalid input for which graphql-js sets no code: a literal with a null variable, and too
 * many invalid variables.
 */
const invalidInputPattern =
  /^(?:Argument "\w+" (?:of type "[^"]+" )?has invalid value |Too many errors processing variables, error limit reached\.)/;

/** Whether an error without a code is about invalid input. */
export const isInvalidInput = (error: unknown): boolean =>
  error instanceof GraphQLError && invalidInputPattern.test(error.message);

/**
 * Patterns of messages that quote a value, and replacements that don't. Patterns match to the end, whatever the value
 * contains.
 */
const replacements: readonly (readonly [quoting: RegExp, instead: string])[] = [
  [/^Syntax Error.*$/s, 'Syntax Error: the document does not parse.'],
  [/^Maximum call stack.*$/s, 'Syntax Error: the document does not parse.'],
  [/^((?:Enum )?"?\w+"?) cannot represent .*$/s, '$1 cannot represent this value.'],
  [/^Expected value of type ("[^"]+"), found .*$/s, 'Expected a value of type $1.'],
  [/^Value ".*" does not exist in "(\w+)" enum.*$/s, 'This value does not exist in "$1" enum.'],
  [/^Argument ("\w+") (?:of type "[^"]+" )?has invalid value .*$/s, 'Argument $1 is not valid.'],
  // Without its quotes, a password that starts with a dollar sign reads as a variable, and text after an @ as a
  // directive.
  [/^Variable "\$\w+" is not defined.*$/s, 'This variable is not defined.'],
  [/^Unknown directive .*$/s, 'Unknown directive.'],
  [/^Unknown operation named .*$/s, 'Unknown operation name.'],
];

/**
 * Removes the values that a message of graphql-js quotes, which can be a password in the wrong field (R-8).
 *
 * @param error the error with this message
 */
export function removeValues(message: string, error: unknown): string {
  const [, variable] = /^Variable "(\$\w+)" got invalid value /.exec(message) ?? [];
  if (variable) return describeVariable(variable, message, error);
  return replacements.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), message);
}

/**
 * `Variable "$x" got invalid value V at "x.y"; R`. The reason R is the message of the original error, and only the text
 * right before it is the path: V can contain anything, including something that looks like a path or a reason.
 */
function describeVariable(variable: string, message: string, error: unknown): string {
  const reason = (error as GraphQLError).originalError?.message ?? '';
  const [, path] = / at "([\w.[\]]+)"$/.exec(message.slice(0, -`; ${reason}`.length)) ?? [];
  const isMissing = /^Field "\w+" of required type "[^"]+" was not provided\.$/.test(reason);
  return `Variable "${variable}" is not valid${path ? ` at "${path}"` : ''}${isMissing ? `: ${reason}` : '.'}`;
}
