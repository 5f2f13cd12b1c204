import { Kind, type OperationDefinitionNode } from 'graphql';
import type { Context } from '../../graphql-kit/context.js';

/** Maximum entries in a usage report. */
export const MAXIMUM_USAGE_ENTRIES = 1_000;

/**
 * Whether an operation is a gateway's usage report: only `recordUsage` with the token of a SERVICE account. It has
 * higher limits.
 */
export const isUsageReport = (
  { selectionSet }: OperationDefinitionNode,
  { viewer }: Pick<Context, 'viewer'>,
): boolean =>
  viewer?.role === 'SERVICE' &&
  viewer.credential === 'API_TOKEN' &&
  selectionSet.selections.every((field) => field.kind === Kind.FIELD && field.name.value === 'recordUsage');
