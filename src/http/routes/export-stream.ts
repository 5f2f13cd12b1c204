import { Readable } from 'node:stream';
import { seconds } from '../../duration.js';

/** How long a client may take to read a page before it is cut off: it would keep others from exporting. */
const STALLED_MS = seconds(60);

/** The credential of an export ended while it was sent. */
class ExportEndedError extends Error {}

/** What a stream of an export needs to know. */
interface ExportStreamOptions {
  /** Whether the credential still allows the export; asked before each page is read. */
  readonly isAllowed: () => Promise<boolean>;
  /** Called once, when the stream is over: sent, failed, or given up by its client. */
  readonly onClose: () => void;
  /** Called when it fails after a part was sent. The connection is then cut off, so that the client notices. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Starts an export: its first page is read before anything is sent, so that a failure can still be answered. Then each
 * page is read when the client has taken the one before, so that memory stays flat whatever the length.
 *
 * @param pages the texts of the pages, read on demand
 */
export async function startExportStream(
  pages: AsyncGenerator<string>,
  { isAllowed, onClose, onFailure }: ExportStreamOptions,
): Promise<Readable> {
  const first = await pages.next();
  async function* send(): AsyncGenerator<string> {
    try {
      for (let page = first; !page.done; page = await pages.next()) {
        if (page.value === '') continue;
        const timer = setTimeout(() => stream.destroy(new ExportEndedError('the client stopped reading')), STALLED_MS);
        try {
          yield page.value;
        } finally {
          clearTimeout(timer);
        }
        if (!(await isAllowed())) throw new ExportEndedError('the credential ended');
      }
    } catch (error) {
      onFailure(error);
      throw error;
    } finally {
      await pages.return(undefined);
    }
  }
  const stream = Readable.from(send());
  stream.once('close', onClose);
  return stream;
}
