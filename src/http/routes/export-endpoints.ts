import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { adHocReader } from '../../database/read/ad-hoc-reader.js';
import { recordExport } from '../../features/export/record-export.js';
import type { AccountLimit } from '../../graphql/admission/account-limit.js';
import { FairQueue } from '../../graphql/admission/fair-queue.js';
import { findDenial } from '../../graphql/auth/enforce-auth.js';
import type { Context } from '../../graphql-kit/context.js';
import { OverloadedError } from '../../rules/overloaded.js';
import type { Viewer } from '../../rules/viewer.js';
import { createContext, type Dependencies } from '../request/create-context.js';
import { findCurrentViewer } from '../request/find-current-viewer.js';
import type { ConcurrencyLimit } from '../request/limit-concurrency.js';
import { rejectOtherSites } from '../request/reject-other-sites.js';
import { withTimeout } from '../request/with-timeout.js';
import { denial, sendExport, sendExportError } from './export-answers.js';
import { startExportStream } from './export-stream.js';
import { toAccountExport, toEventExport, toUsageExport, type Export } from './exports.js';

/** The limits that exports share with the API. They count the start of an export. */
interface Limits {
  readonly requests: ConcurrencyLimit;
  readonly account: AccountLimit;
}

/**
 * The exports that a process sends at the same time, and those of one account. None waits (D-11). A slow client holds
 * no connection to the database, only its place; it can't take those of administrators, who export all accounts.
 */
const OWN_EXPORTS = { running: 32, runningPerKey: 2, waiting: 0, waitMs: 0 };
const EXPORTS_OF_ALL = { ...OWN_EXPORTS, running: 4 };

/** `GET /export/usage`, `/export/events` and `/export/account`: what a filter finds, as a file. */
export function serveExports(server: FastifyInstance, dependencies: Dependencies, limits: Limits): void {
  const { config, logger } = dependencies;
  const open = openExport(dependencies, limits.account);
  const serve = (path: string, toExport: (query: unknown) => Export) =>
    server.get(
      path,
      // A request for the headers alone would count and be recorded as an export.
      { exposeHeadRoute: false, onRequest: rejectOtherSites(config) },
      (request, reply) =>
        limits
          .requests(() =>
            withTimeout(config.operationTimeoutMs, (deadline) => open(request, reply, deadline, toExport)),
          )
          .then(({ wanted, ...started }) => sendExport(reply, wanted, started))
          .catch((error: unknown) => sendExportError(error, request, reply, logger)),
    );
  serve('/export/usage', toUsageExport);
  serve('/export/events', toEventExport);
  serve('/export/account', toAccountExport);
}

/** Returns a function that starts the export of a request, or throws why it may not start. */
function openExport(dependencies: Dependencies, limitAccount: AccountLimit) {
  const [own, ofAll] = [new FairQueue(OWN_EXPORTS), new FairQueue(EXPORTS_OF_ALL)];
  return async (
    request: FastifyRequest,
    reply: FastifyReply,
    deadline: number,
    toExport: (query: unknown) => Export,
  ) => {
    const ip = request.ip;
    const context = await createContext(dependencies, request, reply, deadline);
    if (context.viewer === null) throw denial('UNAUTHENTICATED', request);
    const wanted = toExport(request.query);
    const viewer = authorize(wanted, context, request);
    const leaveAccount = limitAccount(viewer);
    try {
      const leaveQueue = await (wanted.ofAll ? ofAll : own).enter(viewer.accountId);
      try {
        const isAllowed = () => isStillAllowed(dependencies, request, { wanted, viewer, ip });
        const stream = await startExport(dependencies, context, { wanted, viewer, isAllowed, onClose: leaveQueue });
        return { wanted, now: context.now, stream };
      } catch (error) {
        leaveQueue();
        throw error;
      }
    } finally {
      leaveAccount();
    }
  };
}

/** The account that the data belongs to, for the rule; undefined for that of all accounts. */
const ownerOf = ({ ofAll }: Export, { accountId }: Viewer): string | undefined => (ofAll ? undefined : accountId);

/** @returns the viewer, who may export this @throws {GraphQLError} why not */
function authorize(wanted: Export, context: Context, request: FastifyRequest): Viewer {
  const { viewer } = context;
  const code = viewer === null ? 'UNAUTHENTICATED' : findDenial(wanted.rule, context, ownerOf(wanted, viewer));
  if (viewer === null || code !== null) throw denial(code ?? 'UNAUTHENTICATED', request);
  return viewer;
}

/** Whether the credential and the account still allow an export. The step-up window may have closed since. */
async function isStillAllowed(
  { config, database, keys, clock }: Dependencies,
  request: FastifyRequest,
  { wanted, viewer, ip }: { readonly wanted: Export; readonly viewer: Viewer; readonly ip: string },
): Promise<boolean> {
  const now = clock();
  const current = await findCurrentViewer(request, viewer, { reader: database.reader, keys, ip, now });
  if (current?.accountId !== viewer.accountId) return false;
  const rule = { ...wanted.rule, stepUp: false };
  return findDenial(rule, { viewer: current, config, now }, ownerOf(wanted, current)) === null;
}

interface StartedExport {
  readonly wanted: Export;
  readonly viewer: Viewer;
  readonly isAllowed: () => Promise<boolean>;
  readonly onClose: () => void;
}

/** Counts and records an export and reads its first page. */
async function startExport(
  { logger }: Dependencies,
  context: Context,
  { wanted, viewer, isAllowed, onClose }: StartedExport,
) {
  const { name, quota, recordedAs, read } = wanted;
  await context.rateLimits.takeQuota(quota, viewer.accountId);
  const { requestId } = context.caller;
  const pages = read({ reader: adHocReader(context.reader), now: context.now }, viewer.accountId);
  const stream = await startExportStream(pages, {
    isAllowed,
    onClose,
    onFailure: (error) => logger.warn({ err: error, requestId, export: name }, 'an export ended early'),
  });
  try {
    if (recordedAs !== null) await recordExport(context, viewer, recordedAs);
    if (performance.now() > context.deadline) throw new OverloadedError('the deadline of the operation has passed');
    return stream;
  } catch (error) {
    stream.destroy();
    throw error;
  }
}
