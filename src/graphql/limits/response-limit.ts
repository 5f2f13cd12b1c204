import type { FormattedExecutionResult } from 'graphql';
import { topLevelError } from '../../graphql-kit/errors.js';

/** Maximum size of a response (R-87; in bytes). */
const RESPONSE_BYTES = 1_024 * 1_024;

/** Serializes a response as a line of JSON. Replaces one that is too large with an error. */
export function stringifyResponse(response: FormattedExecutionResult): string {
  const text = `${JSON.stringify(response)}\n`;
  const isWithinLimit = text.length * 3 <= RESPONSE_BYTES || Buffer.byteLength(text) <= RESPONSE_BYTES;
  return isWithinLimit ? text : `${JSON.stringify({ errors: [topLevelError('ANSWER_TOO_LARGE')] })}\n`;
}
