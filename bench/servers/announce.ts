import './answer-cpu-time.ts';

/** Tells the process that started this one where it listens. */
export function announce(url: string): void {
  process.send?.(url);
}
