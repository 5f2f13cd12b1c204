import {
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Viewer } from '../../rules/viewer.js';
import { getFragments } from '../limits/measure-operation.js';

/**
 * What limits an operation: PASSWORD computes a password hash, RECOVERY does for a reset link, REPORT is a change by a
 * gateway, CHANGE any other mutation, ANALYSIS a query that may read many rows, READ any other query.
 */
export type WorkKind = 'READ' | 'ANALYSIS' | 'CHANGE' | 'REPORT' | 'PASSWORD' | 'RECOVERY';

/** The mutations that compute password hashes. A test finds them by their inputs. */
export const passwordMutations: ReadonlySet<string> = new Set([
  'login',
  'register',
  'completeSetup',
  'confirmIdentity',
  'changePassword',
  'resetPassword',
  'enableTwoFactor',
  'disableTwoFactor',
  'regenerateBackupCodes',
  'startPasskeyRegistration',
  'deleteMyAccount',
  'deletePasskey',
]);

/** A field whose reads use the connections for slow ones, anywhere in the text of a document. */
const analysisField = /\b(?:usageSeries|usageSummary|usageBreakdown|usageLogs|users|securityEvents|factorAdoption)\b/;

/** The kind of an operation of a valid document. */
export function getWorkKind(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  viewer: Viewer | null,
): WorkKind {
  if (operation.operation !== OperationTypeNode.MUTATION)
    return analysisField.test(document.loc?.source.body ?? '') ? 'ANALYSIS' : 'READ';
  if (viewer?.role === 'SERVICE') return 'REPORT';
  const fields = getRootFields(operation.selectionSet, document);
  if (!fields.some((name) => passwordMutations.has(name))) return 'CHANGE';
  return fields.every((name) => name === 'resetPassword') ? 'RECOVERY' : 'PASSWORD';
}

/** The names of the root fields, also those in fragments. */
function getRootFields({ selections }: SelectionSetNode, document: DocumentNode): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    if (selection.kind === Kind.INLINE_FRAGMENT) return getRootFields(selection.selectionSet, document);
    const fragment = getFragments(document).get(selection.name.value);
    return fragment ? getRootFields(fragment.selectionSet, document) : [];
  });
}
