import { GraphQLError, Kind, type DocumentNode, type ValidationRule } from 'graphql';

/** The errors of rejected documents, by the empty documents that are validated instead of them. */
const rejections = new WeakMap<DocumentNode, GraphQLError>();
const rejected = new WeakSet<GraphQLError>();

/**
 * Rejects a document without validating it. Apollo has no hook that can reject one between parsing and validation, so
 * an empty document is validated instead, and `reportUnvalidated` reports the error. Apollo doesn't cache invalid ones.
 *
 * @param requestContext that of `validationDidStart`
 */
export function rejectUnvalidated(requestContext: { readonly document: DocumentNode }, error: GraphQLError): void {
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };
  rejections.set(document, error);
  rejected.add(error);
  Object.assign(requestContext, { document });
}

/** The validation rule that reports the error of a rejected document. */
export const reportUnvalidated: ValidationRule = (context) => ({
  Document: (document) => {
    const error = rejections.get(document);
    if (error) context.reportError(error);
  },
});

/** The code with which a document was rejected, since Apollo replaces it; undefined for errors of graphql-js. */
export function rejectionCode(error: GraphQLError): unknown {
  const { originalError } = error;
  return originalError instanceof GraphQLError && rejected.has(originalError)
    ? originalError.extensions['code']
    : undefined;
}
