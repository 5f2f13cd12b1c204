/**
 * What the soak looks for: something acknowledged that is not there; something that works once and worked twice; an
 * answer that contradicts what was acknowledged; an error while nothing was disturbed.
 */
export type Verdict = 'LOST' | 'TWICE' | 'WRONG' | 'UNEXPECTED';

/** A defect that the soak found. */
export interface Finding {
  readonly verdict: Verdict;
  readonly at: Date;
  readonly text: string;
  /** The last requests of the worker that found it. */
  readonly trail: readonly string[];
}

/** A mail or a message of a webhook that was promised by an acknowledged act. */
interface Promised {
  readonly what: string;
  hasArrived(): boolean;
}

/** The client’s record of every act: what was acknowledged, and what became of those without an answer. */
export class Ledger {
  readonly findings: Finding[] = [];
  /** Acknowledged acts by kind of work. */
  readonly acknowledged = new Map<string, number>();
  /** Acts without an answer, by what reading the state showed. */
  readonly unanswered = { done: 0, notDone: 0 };
  /** Whole checks of an account. */
  checks = 0;
  readonly #promised: Promised[] = [];
  readonly #events = new Map<string, number>();

  acknowledge(kind: string): void {
    this.acknowledged.set(kind, (this.acknowledged.get(kind) ?? 0) + 1);
  }

  found(verdict: Verdict, text: string, trail: readonly string[] = []): void {
    this.findings.push({ verdict, at: new Date(), text, trail: [...trail] });
  }

  /** Records what reading the state showed about an act without an answer. */
  resolve(isDone: boolean): void {
    if (isDone) this.unanswered.done += 1;
    else this.unanswered.notDone += 1;
  }

  /** Records a security event that must exist once: each change that took effect wrote one. */
  event(type: string, userId: string): void {
    const key = `${type} ${userId}`;
    this.#events.set(key, (this.#events.get(key) ?? 0) + 1);
  }

  /** How many events of a type an account must have. */
  get events(): ReadonlyMap<string, number> {
    return this.#events;
  }

  promise(what: string, hasArrived: () => boolean): void {
    this.#promised.push({ what, hasArrived });
  }

  get promisedCount(): number {
    return this.#promised.length;
  }

  /** What was promised and has not arrived. */
  get missing(): readonly string[] {
    return this.#promised.filter(({ hasArrived }) => !hasArrived()).map(({ what }) => what);
  }

  count(verdict: Verdict): number {
    return this.findings.filter((finding) => finding.verdict === verdict).length;
  }
}
