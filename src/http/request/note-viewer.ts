import type { Viewer } from '../../rules/viewer.js';
import { currentRequest, type CallerCredential } from '../../telemetry/request-record.js';

/** Notes whose request the current one is, for its line in the log. */
export function noteViewer(viewer: Viewer): void {
  const record = currentRequest();
  if (!record) return;
  record.accountId = viewer.accountId;
  record.credential = credentialOf(viewer);
}

function credentialOf(viewer: Viewer): CallerCredential {
  if (viewer.credential === 'SESSION') return 'SESSION';
  if (viewer.role === 'SERVICE') return 'SERVICE';
  return viewer.accessTokenId === null ? 'API_TOKEN' : 'ACCESS_TOKEN';
}
