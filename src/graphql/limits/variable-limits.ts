import {
  getNamedType,
  isInputObjectType,
  typeFromAST,
  type GraphQLSchema,
  type GraphQLType,
  type OperationDefinitionNode,
} from 'graphql';
import { JsonScalar } from '../../graphql-kit/scalars/json.js';
import { AnyScalar } from '../federation/representation.js';

/** Maximum size of a request body, except for usage reports (R-80; in bytes). */
export const BODY_LIMIT_BYTES = 64 * 1_024;

/** Limits of variables. */
export const MAXIMUM_LIST_ENTRIES = 100;
const MAXIMUM_STRING_BYTES = 4_096;
const MAXIMUM_NESTING = 10;

/** The scalars that have their own limits (D-8, R-125). */
const limitedScalars: ReadonlySet<string> = new Set([JsonScalar.name, AnyScalar.name]);

/** The variables of a request, and where their types are declared. */
interface Request {
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly operation: OperationDefinitionNode;
  readonly schema: GraphQLSchema;
}

/**
 * The error message if a request's variables exceed a limit; undefined otherwise. It contains no values. Some
 * scalars have their own limits.
 */
export function findExceededVariableLimit(
  { variables = {}, operation, schema }: Request,
  listEntries = MAXIMUM_LIST_ENTRIES,
): string | undefined {
  const types = new Map(
    operation.variableDefinitions?.map(({ variable, type }) => [variable.name.value, typeFromAST(schema, type)]),
  );
  return findExceededEntry(variables, (name) => types.get(name), { listEntries, nesting: 0 });
}

interface Limits {
  readonly listEntries: number;
  readonly nesting: number;
}

function findExceeded(value: unknown, type: GraphQLType | undefined, limits: Limits): string | undefined {
  if (isSmall(value)) return undefined;
  const named = type && getNamedType(type);
  if (named && limitedScalars.has(named.name)) return undefined;
  if (typeof value === 'string')
    return Buffer.byteLength(value) > MAXIMUM_STRING_BYTES
      ? `A string in variables can have at most ${MAXIMUM_STRING_BYTES} bytes.`
      : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (limits.nesting > MAXIMUM_NESTING) return `Variables can be nested at most ${MAXIMUM_NESTING} levels deep.`;
  if (Array.isArray(value)) {
    if (value.length > limits.listEntries) return `A list in variables can have at most ${limits.listEntries} entries.`;
    return findExceededEntry(value, () => type, limits);
  }
  const fields = isInputObjectType(named) ? named.getFields() : {};
  return findExceededEntry(value, (name) => fields[name]?.type, limits);
}

/** A character of a string has at most this many bytes in UTF-8. */
const MAXIMUM_CHARACTER_BYTES = 3;

/** Whether a value is within the limits of any type, so that most of a large report is not looked at further. */
const isSmall = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.length <= MAXIMUM_STRING_BYTES / MAXIMUM_CHARACTER_BYTES
    : typeof value !== 'object' || value === null;

function findExceededEntry(
  value: object,
  typeOf: (name: string) => GraphQLType | undefined,
  { listEntries, nesting }: Limits,
): string | undefined {
  const limits = { listEntries, nesting: nesting + 1 };
  for (const [name, entry] of Object.entries(value)) {
    const message = findExceeded(entry, typeOf(name), limits);
    if (message) return message;
  }
  return undefined;
}
