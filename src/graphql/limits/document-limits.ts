import type { ApolloServerPlugin } from '@apollo/server';
import {
  GraphQLError,
  Kind,
  type ASTVisitor,
  type DocumentNode,
  type OperationDefinitionNode,
  type ValidationContext,
} from 'graphql';
import type { Config } from '../../config/config.js';
import type { Context } from '../../graphql-kit/context.js';
import { MAXIMUM_SELECTIONS, getFragments, measureOperation, type OperationSize } from './measure-operation.js';
import { MAXIMUM_USAGE_ENTRIES, isUsageReport } from './usage-limits.js';
import { BODY_LIMIT_BYTES, MAXIMUM_LIST_ENTRIES, findExceededVariableLimit } from './variable-limits.js';

/** Limits of a document (the table of numbers in the security requirements). */
const MAXIMUM_DOCUMENT_CHARACTERS = 8_192;
const MAXIMUM_FRAGMENTS = 10;
const MAXIMUM_ANONYMOUS_COST = 200;

const limits: Readonly<
  Record<Exclude<keyof OperationSize, 'selections'>, { readonly maximum: number; readonly message: string }>
> = {
  depth: { maximum: 7, message: 'An operation can be at most 7 levels deep.' },
  introspectionDepth: { maximum: 20, message: 'Introspection can be at most 20 levels deep.' },
  cost: {
    maximum: 1_000,
    message: 'An operation can cost at most 1000. Each field costs 1; on a page, it costs a tenth of the page size.',
  },
  aliases: { maximum: 15, message: 'An operation can have at most 15 aliases.' },
  rootFields: { maximum: 10, message: 'An operation can have at most 10 root fields.' },
  directives: { maximum: 10, message: 'An operation can have at most 10 directives.' },
  sensitiveMutations: {
    maximum: 1,
    message: 'An operation can have only one mutation that verifies or issues a credential.',
  },
};

/** Rejects a document that exceeds a limit or batches guesses, before it is executed. */
export const limitDocument = (context: ValidationContext): ASTVisitor => ({
  Document: (document) => {
    const message = findExceededLimit(document);
    if (message) context.reportError(new GraphQLError(message));
  },
});

function findExceededLimit(document: DocumentNode): string | undefined {
  const fragments = getFragments(document);
  if ((document.loc?.source.body.length ?? 0) > MAXIMUM_DOCUMENT_CHARACTERS)
    return `A document can have at most ${MAXIMUM_DOCUMENT_CHARACTERS} characters.`;
  if (fragments.size > MAXIMUM_FRAGMENTS) return `A document can have at most ${MAXIMUM_FRAGMENTS} fragments.`;
  const sizes = document.definitions
    .filter((node) => node.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => measureOperation(operation, fragments));
  if (sizes.some(({ selections }) => selections >= MAXIMUM_SELECTIONS)) return 'The document is too large.';
  const [exceeded] = Object.entries(limits).filter(([name, { maximum }]) =>
    sizes.some((size) => size[name as keyof OperationSize] > maximum),
  );
  return exceeded?.[1].message;
}

/** Limits that depend on more than the document: the caller and the variables. */
export const limitRequest = ({ introspection }: Pick<Config, 'introspection'>): ApolloServerPlugin<Context> => ({
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ operation, document, request, contextValue }) => {
        if (!operation) return Promise.resolve();
        const isReport = isUsageReport(operation, contextValue);
        if (!isReport && Number(request.http?.headers.get('content-length') ?? 0) > BODY_LIMIT_BYTES)
          throw badRequest('A request body can have at most 64 KiB, except for usage reports.');
        const message = findExceededVariableLimit(
          request.variables,
          isReport ? MAXIMUM_USAGE_ENTRIES : MAXIMUM_LIST_ENTRIES,
        );
        if (message) throw badRequest(message);
        const size = measureRequest(operation, document, request.variables);
        if (size.cost > limits.cost.maximum) throw badRequest(limits.cost.message);
        if (contextValue.viewer === null) limitAnonymous(size, introspection);
        return Promise.resolve();
      },
    }),
});

/**
 * Caches the sizes of operations without variables. Apollo caches valid documents, so a repeated document is the same
 * object.
 */
const sizeCache = new WeakMap<OperationDefinitionNode, OperationSize>();

/** Measures the operation of a request. Without variables, the result is cached. */
function measureRequest(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>> | undefined,
): OperationSize {
  if (operation.variableDefinitions?.length) return measureOperation(operation, getFragments(document), variables);
  const size = sizeCache.get(operation) ?? measureOperation(operation, getFragments(document));
  sizeCache.set(operation, size);
  return size;
}

/** Anonymous callers have lower limits. */
function limitAnonymous({ cost, introspectionDepth }: OperationSize, introspection: boolean): void {
  if (cost > MAXIMUM_ANONYMOUS_COST)
    throw badRequest(
      `Without signing in, an operation can cost at most ${MAXIMUM_ANONYMOUS_COST}. Each field costs 1.`,
    );
  if (introspectionDepth > 0 && !introspection) throw badRequest('Sign in to read the schema.');
}

const badRequest = (message: string) =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
