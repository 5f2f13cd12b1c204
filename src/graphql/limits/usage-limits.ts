import { Kind, type OperationDefinitionNode } from 'graphql';
import type { Context } from '../../graphql-kit/context.js';

/** How many entries a gateway tells of at once. */
export const USAGE_ENTRIES = 1_000;

/**
 * Whether an operation is a gateway's report of usage and nothing else: `recordUsage` alone, by the token of a SERVICE
 * account. It alone may have a large body and a long list.
 */
export const isUsageReport = (
  { selectionSet }: OperationDefinitionNode,
  { viewer }: Pick<Context, 'viewer'>,
): boolean =>
  viewer?.role === 'SERVICE' &&
  viewer.credential === 'API_TOKEN' &&
  selectionSet.selections.every((field) => field.kind === Kind.FIELD && field.name.value === 'recordUsage');
