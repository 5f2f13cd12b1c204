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
import { MAXIMUM_SELECTIONS, fragmentsOf, measureOperation, type OperationSize } from './measure-operation.js';
import { USAGE_ENTRIES, isUsageReport } from './usage-limits.js';
import { BODY_LIMIT_BYTES, LIST_ENTRIES, variableFault } from './variable-limits.js';

/** The most that a document may hold (the table of numbers in the security requirements). */
const DOCUMENT_CHARACTERS = 8_192;
const FRAGMENTS = 10;
const ANONYMOUS_COST = 200;

const limits: Readonly<
  Record<Exclude<keyof OperationSize, 'selections'>, { readonly most: number; readonly message: string }>
> = {
  depth: { most: 7, message: 'An operation is at most 7 levels deep.' },
  introspectionDepth: { most: 20, message: 'Introspection is at most 20 levels deep.' },
  cost: {
    most: 1_000,
    message: 'An operation costs at most 1000: one for each field, and on a page a tenth for each of its entries.',
  },
  aliases: { most: 15, message: 'An operation has at most 15 aliases.' },
  rootFields: { most: 10, message: 'An operation has at most 10 root fields.' },
  directives: { most: 10, message: 'An operation has at most 10 directives.' },
  sensitiveMutations: {
    most: 1,
    message: 'An operation has at most one mutation of those that look at a proof or hand one out.',
  },
};

/**
 * Refuses, before any of it is executed, a document that is larger than a client needs or that packs guesses together
 * (R-17, R-80).
 */
export const limitDocument = (context: ValidationContext): ASTVisitor => ({
  Document: (document) => {
    const message = findExceeded(document);
    if (message) context.reportError(new GraphQLError(message));
  },
});

function findExceeded(document: DocumentNode): string | undefined {
  const fragments = fragmentsOf(document);
  if ((document.loc?.source.body.length ?? 0) > DOCUMENT_CHARACTERS)
    return `A document has at most ${DOCUMENT_CHARACTERS} characters.`;
  if (fragments.size > FRAGMENTS) return `A document has at most ${FRAGMENTS} fragments.`;
  const measures = document.definitions
    .filter((node) => node.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => measureOperation(operation, fragments));
  if (measures.some(({ selections }) => selections >= MAXIMUM_SELECTIONS)) return 'The document is too large.';
  const [broken] = Object.entries(limits).filter(([name, { most }]) =>
    measures.some((measure) => measure[name as keyof OperationSize] > most),
  );
  return broken?.[1].message;
}

/** The limits that need more than the document: who asks, and the variables. */
export const limitRequest = ({ introspection }: Pick<Config, 'introspection'>): ApolloServerPlugin<Context> => ({
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ operation, document, request, contextValue }) => {
        if (!operation) return Promise.resolve();
        const isReport = isUsageReport(operation, contextValue);
        if (!isReport && Number(request.http?.headers.get('content-length') ?? 0) > BODY_LIMIT_BYTES)
          throw rejection('Only a report of usage has more than 64 KiB.');
        const fault = variableFault(request.variables, isReport ? USAGE_ENTRIES : LIST_ENTRIES);
        if (fault) throw rejection(fault);
        const measure = measureRequest(operation, document, request.variables);
        if (measure.cost > limits.cost.most) throw rejection(limits.cost.message);
        if (contextValue.viewer === null) limitAnonymous(measure, introspection);
        return Promise.resolve();
      },
    }),
});

/**
 * Measures of operations without variables. Apollo keeps documents that are valid: one that comes again is the same
 * object.
 */
const measured = new WeakMap<OperationDefinitionNode, OperationSize>();

/** Measures what a request asks for; where only the document says that, once for all requests with this document. */
function measureRequest(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>> | undefined,
): OperationSize {
  if (operation.variableDefinitions?.length) return measureOperation(operation, fragmentsOf(document), variables);
  const measure = measured.get(operation) ?? measureOperation(operation, fragmentsOf(document));
  measured.set(operation, measure);
  return measure;
}

/** What an anonymous caller may ask for is less. */
function limitAnonymous({ cost, introspectionDepth }: OperationSize, introspection: boolean): void {
  if (cost > ANONYMOUS_COST)
    throw rejection(`Before sign-in an operation costs at most ${ANONYMOUS_COST}: one for each field.`);
  if (introspectionDepth > 0 && !introspection) throw rejection('Sign in to read the schema.');
}

const rejection = (message: string) =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
