import type { TestClock } from '../support/clock.js';

/** The time at which documents with timestamps take place. */
const DOCUMENTED_NOW = Date.parse('2026-11-24T15:08:00.000Z');

/** A value that is shortened in a document: `pss_YBQUwEs3…`, with a prefix that tells its kind; or a hint of a key. */
const SHORTENED = /((?:[a-z]+[_-])?)(\w+)…(\w*)/g;
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const BACKUP_CODE = /^[0-9A-Z](?:-[0-9A-Z]{4}){4}$/;
const SIX_DIGITS = /^ *\d{6}$/;

/** The values of a document that differ each time, and what they are this time. */
export class DocumentedValues {
  readonly #actual: Map<string, string>;
  readonly #shiftMs: number;

  /** Moves the clock to 8 minutes past the hour, as it is in documents, so hours begin where documents have them. */
  constructor(clock: TestClock, known: Readonly<Record<string, string>>) {
    this.#actual = new Map(Object.entries(known));
    const hourMs = 3_600_000;
    const sinceMs = (clock.read().getTime() - DOCUMENTED_NOW) % hourMs;
    clock.advance({ seconds: (hourMs - sinceMs) / 1_000 });
    this.#shiftMs = clock.read().getTime() - DOCUMENTED_NOW;
  }

  /** A documented text with this time's values. @param unknownCode a six-digit code that no email had */
  fillIn(text: string, unknownCode: string): string {
    return text
      .replace(SHORTENED, (shortened) => this.#valueOf(shortened))
      .replace(/"(\d{6})"/g, (_, code: string) => `"${this.#actual.get(code) ?? unknownCode}"`)
      .replace(/"([0-9A-Z](?:-[0-9A-Z]{4}){4})"/g, (_, code: string) => `"${this.#valueOf(code)}"`)
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z/g, (timestamp) =>
        new Date(Date.parse(timestamp) + this.#shiftMs).toISOString(),
      );
  }

  /** A documented answer with the values of the actual one, wherever they have the documented shape. */
  adopt(documented: unknown, actual: unknown): unknown {
    if (typeof documented === 'string')
      return typeof actual === 'string' ? this.#adoptText(documented, actual) : documented;
    if (Array.isArray(documented) && Array.isArray(actual)) return this.#adoptList(documented, actual);
    if (!isObject(documented) || !isObject(actual)) return documented;
    return Object.fromEntries(
      Object.entries(documented).map(([name, value]) => [name, this.adopt(value, actual[name])]),
    );
  }

  /** Whether a documented line of an email is this line. Takes its values over if so. */
  adoptLine(documented: string, actual: string): boolean {
    return this.#adoptText(documented, actual) === actual;
  }

  /** A list that ends in "…" is longer than it is documented. */
  #adoptList(documented: readonly unknown[], actual: readonly unknown[]): unknown[] {
    if (documented.at(-1) !== '…') return documented.map((value, index) => this.adopt(value, actual[index]));
    const shown = documented.slice(0, -1);
    return [...shown.map((value, index) => this.adopt(value, actual[index])), ...actual.slice(shown.length)];
  }

  #adoptText(documented: string, actual: string): string {
    if (TIMESTAMP.test(documented) && TIMESTAMP.test(actual)) return actual;
    for (const shape of [BACKUP_CODE, SIX_DIGITS])
      if (shape.test(documented) && shape.test(actual)) return this.#bind([documented.trim()], [actual.trim()], actual);
    const shortened = [...documented.matchAll(SHORTENED)].map(([whole]) => whole);
    const values = shapeOf(documented).exec(actual);
    return values ? this.#bind(shortened, values.slice(1), actual) : documented;
  }

  /** @returns the actual text; where a value was another one before, what does not equal it */
  #bind(shortened: readonly string[], values: readonly string[], actual: string): string {
    const contradiction = shortened.find(
      (name, index) => this.#actual.has(name) && this.#actual.get(name) !== values[index],
    );
    if (contradiction) return `${contradiction} is ${this.#actual.get(contradiction)}`;
    shortened.forEach((name, index) => this.#actual.set(name, values[index] ?? ''));
    return actual;
  }

  #valueOf(documented: string): string {
    const value = this.#actual.get(documented);
    if (value === undefined) throw new Error(`no answer before has ${documented}`);
    return value;
  }
}

/** What a documented text may be: shortened values are open, and everything else is literal. */
function shapeOf(documented: string): RegExp {
  let [pattern, end] = ['', 0];
  for (const { 0: whole, 1: prefix = '', 2: head = '', 3: tail = '', index } of documented.matchAll(SHORTENED)) {
    pattern += `${escaped(documented.slice(end, index))}(${escaped(prefix)}\\w{${head.length}}[\\w…-]*\\w{${tail.length}})`;
    end = index + whole.length;
  }
  return new RegExp(`^${pattern}${escaped(documented.slice(end))}$`);
}

const escaped = (text: string) => text.replaceAll(/[$()*+.?[\\\]^{|}-]/g, String.raw`\$&`);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
