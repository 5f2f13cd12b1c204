import { toGlobalId, type NodeType } from '../../rules/global-id.js';
import { describeDevice } from '../security-event/device.js';
import { findAllEvents, type AllEventsSelection } from '../security-event/find-all-events.js';
import { findEvents, type EventSelection, type SecurityEventRow } from '../security-event/find-events.js';
import type { ExportContext } from './export-context.js';
import { readPages } from './read-pages.js';

/** The columns of exported events: the fields of SecurityEvent, with ids for the objects. */
export const eventColumns = [
  'id',
  'at',
  'type',
  'outcome',
  'reason',
  'detail',
  'ip',
  'device',
  'requestId',
  'traceId',
  'userId',
  'actorId',
  'accessTokenId',
] as const;

/** An exported event. */
export type EventRecord = ReturnType<typeof toEventRecord>;

const toId = (type: NodeType, id: string | null): string | null => (id === null ? null : toGlobalId(type, id));

const toEventRecord = (row: SecurityEventRow) => ({
  id: toGlobalId('SecurityEvent', row.id),
  at: row.at,
  type: row.type,
  outcome: row.outcome,
  reason: row.reason,
  detail: row.detail,
  ip: row.ip,
  device: describeDevice(row.userAgent),
  requestId: row.requestId,
  traceId: row.traceId,
  userId: toId('User', row.accountId),
  actorId: toId('User', row.actorId),
  accessTokenId: toId('AccessToken', row.accessTokenId),
});

/** Yields the events of an account that a filter finds, page by page, newest first. */
export async function* exportOwnEvents(
  { reader }: ExportContext,
  accountId: string,
  selection: EventSelection,
): AsyncGenerator<readonly EventRecord[]> {
  const reading = { reader, viewer: { accountId } };
  for await (const rows of readPages((page) => findEvents(reading, [accountId], { selection, page })))
    yield rows.map(toEventRecord);
}

/** Yields the events of all accounts that a filter finds, page by page, newest first. */
export async function* exportAllEvents(
  { reader }: ExportContext,
  selection: AllEventsSelection,
): AsyncGenerator<readonly EventRecord[]> {
  for await (const rows of readPages((page) => findAllEvents(reader, selection, page))) yield rows.map(toEventRecord);
}
