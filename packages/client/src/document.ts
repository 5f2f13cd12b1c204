import { printDocument } from './print-document.js';

/** Carries the types of an operation, as `TypedDocumentNode` of `@graphql-typed-document-node/core` does. */
export interface Typed<Data, Variables> {
  /** Never called and never set: TypeScript infers both types from it. */
  readonly __apiType?: (variables: Variables) => Data;
}

/** A parsed document, such as the documents that GraphQL Code Generator makes. */
export interface ParsedDocument {
  readonly kind: 'Document';
  readonly definitions: readonly object[];
  readonly loc?: { readonly source: { readonly body: string } } | undefined;
}

/** A document without its types: a text, or one parsed by any library. */
type AnyDocument = ParsedDocument | { toString(): string };

/** A GraphQL document with the types of its data and variables. */
export type TypedDocument<Data = Record<string, unknown>, Variables = Record<string, unknown>> = Typed<
  Data,
  Variables
> &
  AnyDocument;

/** A text with types: `operation<Data, Variables>('query …')`. */
export const operation = <Data, Variables>(text: string): TypedDocument<Data, Variables> => text;

const isParsed = (document: AnyDocument): document is ParsedDocument =>
  typeof document === 'object' && 'definitions' in document;

/** The text of a document. A parsed one has the text that it was parsed from, or is printed. */
export const textOf = (document: AnyDocument): string =>
  isParsed(document) ? (document.loc?.source.body ?? printDocument(document)) : document.toString();
