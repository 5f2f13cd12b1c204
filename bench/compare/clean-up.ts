import { constants } from 'node:os';

/** Removes what a run made, the newest first: when it is over, when it fails, and when it is interrupted. */
export class CleanUp {
  readonly #steps: (() => Promise<unknown>)[] = [];
  readonly #aborting = new AbortController();
  #done: Promise<void> | undefined;

  constructor() {
    // npm hands a signal on that a terminal has sent as well: the second one must not end the clean-up.
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => void this.run().finally(() => process.exit(128 + constants.signals[signal])));
  }

  /** Aborted as soon as the clean-up starts. */
  get signal(): AbortSignal {
    return this.#aborting.signal;
  }

  /** Makes something, and removes it at the end, also when the end comes while it is being made. */
  async keep<Made>(make: () => Promise<Made>, remove: (made: Made) => Promise<unknown>): Promise<Made> {
    this.signal.throwIfAborted();
    const making = make();
    this.#steps.push(() => making.then(remove, () => undefined));
    return making;
  }

  /** Removes everything once, however often it is called. One failure does not stop the rest. */
  run(): Promise<void> {
    return (this.#done ??= this.#removeAll());
  }

  async #removeAll(): Promise<void> {
    this.#aborting.abort();
    for (const step of this.#steps.toReversed())
      await step().catch((error: unknown) => console.error('clean-up failed:', error));
  }
}
