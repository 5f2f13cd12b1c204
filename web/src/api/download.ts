import { explainAnswer, type Failure } from './failure.js';

/** A downloaded file, or why there is none. INCOMPLETE means that the server or the network cut it off. */
export type Download = { readonly file: string } | { readonly failure: Failure | 'INCOMPLETE' };

interface ErrorBody {
  readonly errors?: Parameters<typeof explainAnswer>[0]['errors'];
}

/**
 * Downloads a file of the server. It is fetched before the browser saves it, so that an error can be explained, and a
 * part of a file isn't mistaken for all of it.
 */
export async function download(path: string, language: string, signal: AbortSignal): Promise<Download> {
  const response = await fetch(path, { headers: { 'accept-language': language }, signal }).catch(() => null);
  if (!response) return { failure: { kind: 'NO_NETWORK' } };
  if (!response.ok) {
    const { errors = [] } = (await response.json().catch(() => ({}))) as ErrorBody;
    const retryAfter = response.headers.get('retry-after');
    return { failure: explainAnswer({ status: response.status, retryAfter, errors }) };
  }
  const content = await response.blob().catch(() => null);
  if (!content) return { failure: 'INCOMPLETE' };
  const file = /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'export';
  save(content, file);
  return { file };
}

/** Lets the browser save a file. */
function save(content: Blob, file: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = file;
  link.click();
  // The browser reads the content after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER_MS);
}

const REVOKE_AFTER_MS = 60_000;
