import './answer-cpu-time.ts';

/** Sends the parent process the URL of this server. */
export function announce(url: string): void {
  process.send?.(url);
}
