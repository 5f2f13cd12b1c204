import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from './ledger.ts';

/** How long errors are expected after a fault has ended, at most (in ms). */
const TOLERATED_MS = 15_000;
/** How long work may take to succeed after a fault (in ms). A mail is tried again after 10 to 20 seconds. */
const RECOVERY_MS = 90_000;
const CHECK_EVERY_MS = 100;

/** A fault: when it began, when what it hit was back, and what happened meanwhile. */
export interface Disturbance {
  readonly name: string;
  /** Whether requests may fail. A restart without loss, or a mail server that is gone, is no excuse. */
  readonly mayFail: boolean;
  readonly startedAt: number;
  backAt: number;
  /** When requests of all kinds that wait for no delivery had succeeded again. */
  recoveredAt: number;
  /** When mails and messages of webhooks had arrived again, and who waited for them went on. */
  deliveredAt: number;
  /** Expected errors, by code. */
  readonly errors: Map<string, number>;
}

/** What succeeds when something arrives, and the kinds of work that wait for it. */
const deliveries = ['mails', 'messages of webhooks', 'email', 'webhooks'] as const;

/** The faults so far, by which errors are judged, and the times at which each kind of work succeeded. */
export class Disturbances {
  readonly all: Disturbance[] = [];
  readonly #succeededAt = new Map<string, number>();
  readonly #ledger: Ledger;

  constructor(ledger: Ledger, kinds: readonly string[]) {
    this.#ledger = ledger;
    for (const kind of [...kinds, ...deliveries]) this.#succeededAt.set(kind, 0);
  }

  /** The number of faults that are over. Everything is checked after each. */
  get over(): number {
    return this.all.filter(({ deliveredAt }) => deliveredAt !== Infinity).length;
  }

  /** Notes that work of a kind that started at a time has succeeded. The first time after a fault counts. */
  succeeded(kind: string, startedAt: number): void {
    const { backAt = 0 } = this.all.at(-1) ?? {};
    const last = this.#succeededAt.get(kind) ?? 0;
    if (startedAt >= backAt && last < backAt) this.#succeededAt.set(kind, performance.now());
  }

  /** Judges an error of a request: expected while a fault lasts, and otherwise a defect. */
  failed(code: string, startedAt: number, request: string): void {
    const now = performance.now();
    const cause = this.all.find(
      (fault) =>
        fault.mayFail &&
        startedAt <= Math.min(fault.recoveredAt, fault.backAt + TOLERATED_MS) &&
        now >= fault.startedAt,
    );
    if (cause) cause.errors.set(code, (cause.errors.get(code) ?? 0) + 1);
    else this.#ledger.found('UNEXPECTED', `${code} for ${request} while nothing was disturbed`);
  }

  /** Lets a fault happen, and waits until all kinds of work succeed. */
  async happen(name: string, mayFail: boolean, inflict: () => Promise<void>): Promise<Disturbance> {
    const fault: Disturbance = {
      name,
      mayFail,
      startedAt: performance.now(),
      backAt: Infinity,
      recoveredAt: Infinity,
      deliveredAt: Infinity,
      errors: new Map(),
    };
    this.all.push(fault);
    await inflict();
    fault.backAt = performance.now();
    const isDelivery = (kind: string) => deliveries.some((delivery) => delivery === kind);
    fault.recoveredAt = await this.#untilSucceeded(fault, (kind) => !isDelivery(kind));
    fault.deliveredAt = await this.#untilSucceeded(fault, isDelivery);
    return fault;
  }

  /** Waits until work has succeeded after a fault. @returns when the last kind did */
  async #untilSucceeded({ name, backAt }: Disturbance, isMeant: (kind: string) => boolean): Promise<number> {
    const times = () => [...this.#succeededAt].filter(([kind]) => isMeant(kind));
    const missing = () => times().filter(([, at]) => at < backAt);
    while (missing().length > 0 && performance.now() < backAt + RECOVERY_MS) await sleep(CHECK_EVERY_MS);
    for (const [kind] of missing()) this.#ledger.found('LOST', `no ${kind} succeeded after: ${name}`);
    return Math.max(backAt, ...times().map(([, at]) => at));
  }
}
