import { constants } from 'node:os';

/** Removes what a run created, newest first, when it ends, fails or is interrupted. */
export class CleanUp {
  readonly #steps: (() => Promise<unknown>)[] = [];
  readonly #aborting = new AbortController();
  #done: Promise<void> | undefined;

  constructor() {
    // npm forwards a signal that the terminal also sends. The second one must not end the clean-up.
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => void this.run().finally(() => process.exit(128 + constants.signals[signal])));
  }

  /** Aborted when the clean-up starts. */
  get signal(): AbortSignal {
    return this.#aborting.signal;
  }

  /** Creates something and removes it at the end, even when the end comes during creation. */
  async keep<Made>(make: () => Promise<Made>, remove: (made: Made) => Promise<unknown>): Promise<Made> {
    this.signal.throwIfAborted();
    const making = make();
    this.#steps.push(() => making.then(remove, () => undefined));
    return making;
  }

  /** Removes everything, only once. One failure does not stop the rest. */
  run(): Promise<void> {
    return (this.#done ??= this.#removeAll());
  }

  async #removeAll(): Promise<void> {
    this.#aborting.abort();
    for (const step of this.#steps.toReversed())
      await step().catch((error: unknown) => console.error('clean-up failed:', error));
  }
}
