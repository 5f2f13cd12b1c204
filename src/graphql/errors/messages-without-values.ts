import { GraphQLError } from 'graphql';

/**
 * What a caller sent wrong and graphql-js gives no code to: a literal with a variable in it that is null, and more
 * wrong variables than are listed.
 */
const wrongInput =
  /^(?:Argument "\w+" (?:of type "[^"]+" )?has invalid value |Too many errors processing variables, error limit reached\.)/;

/** Whether an error without a code is about what the caller sent. */
export const isWrongInput = (error: unknown): boolean =>
  error instanceof GraphQLError && wrongInput.test(error.message);

/**
 * Messages that quote a value, to their very end whatever stands in it, and what is left of them: what is wrong, and
 * where.
 */
const cuts: readonly (readonly [quoting: RegExp, instead: string])[] = [
  [/^Syntax Error.*$/s, 'Syntax Error: the document does not parse.'],
  [/^Maximum call stack.*$/s, 'Syntax Error: the document does not parse.'],
  [/^((?:Enum )?"?\w+"?) cannot represent .*$/s, '$1 cannot represent this value.'],
  [/^Expected value of type ("[^"]+"), found .*$/s, 'Expected a value of type $1.'],
  [/^Value ".*" does not exist in "(\w+)" enum.*$/s, 'This value does not exist in "$1" enum.'],
  [/^Argument ("\w+") (?:of type "[^"]+" )?has invalid value .*$/s, 'Argument $1 is not valid.'],
  // A password without its quotes reads as a variable where it begins with a dollar, and as a directive after an @.
  [/^Variable "\$\w+" is not defined.*$/s, 'This variable is not defined.'],
  [/^Unknown directive .*$/s, 'There is no such directive.'],
  [/^Unknown operation named .*$/s, 'There is no operation of this name in the document.'],
];

/**
 * A message of graphql-js without the values that it quotes: a password that was sent in the wrong shape never comes
 * back (R-8). @param thrown the error that bears the message
 */
export function withoutValues(message: string, thrown: unknown): string {
  const [, variable] = /^Variable "(\$\w+)" got invalid value /.exec(message) ?? [];
  if (variable) return aboutVariable(variable, message, thrown);
  return cuts.reduce((text, [quotes, instead]) => text.replace(quotes, instead), message);
}

/**
 * `Variable "$x" got invalid value V at "x.y"; R`. The reason R is the message of the error underneath, and only what
 * stands right before it is the place: V may hold anything, and so anything that looks like a place or a reason.
 */
function aboutVariable(variable: string, message: string, thrown: unknown): string {
  const reason = (thrown as GraphQLError).originalError?.message ?? '';
  const [, place] = / at "([\w.[\]]+)"$/.exec(message.slice(0, -`; ${reason}`.length)) ?? [];
  const isMissing = /^Field "\w+" of required type "[^"]+" was not provided\.$/.test(reason);
  return `Variable "${variable}" is not valid${place ? ` at "${place}"` : ''}${isMissing ? `: ${reason}` : '.'}`;
}
