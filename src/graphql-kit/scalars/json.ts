import { GraphQLError, GraphQLScalarType, valueFromASTUntyped, type ValueNode } from 'graphql';

/** Limits of a value (D-8): bytes of a string, and levels of objects and lists. */
const MAXIMUM_JSON_STRING_BYTES = 22 * 1_024;
const MAXIMUM_JSON_DEPTH = 8;

function ensureWithinLimits(value: unknown, depth = 0): void {
  if (typeof value === 'string' && Buffer.byteLength(value) > MAXIMUM_JSON_STRING_BYTES)
    throw new GraphQLError(`A string in JSON can have at most ${MAXIMUM_JSON_STRING_BYTES} bytes.`);
  if (typeof value !== 'object' || value === null) return;
  if (depth === MAXIMUM_JSON_DEPTH)
    throw new GraphQLError(`JSON can be nested at most ${MAXIMUM_JSON_DEPTH} levels deep.`);
  for (const [name, entry] of Object.entries(value)) {
    ensureWithinLimits(name);
    ensureWithinLimits(entry, depth + 1);
  }
}

function parseJson(value: unknown): unknown {
  ensureWithinLimits(value);
  return value;
}

/** A JSON value, for the forms of WebAuthn, which other standards define (D-8). */
export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description:
    'A JSON value. It carries the JSON forms of WebAuthn unchanged, such as PublicKeyCredentialCreationOptionsJSON and RegistrationResponseJSON.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
  serialize: (value) => value,
  parseValue: parseJson,
  parseLiteral: (node: ValueNode, variables) => parseJson(valueFromASTUntyped(node, variables)),
});
