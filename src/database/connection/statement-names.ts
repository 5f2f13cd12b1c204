/** How often a statement is sent before it gets a name: one that is sent once is not worth a plan of its own. */
const SENT_BEFORE_NAMED = 2;

/** The most statements with a name, and the most texts that are counted; each connection keeps the plans of the names. */
const MAXIMUM_NAMES = 200;
const MAXIMUM_TEXTS = 1_000;

/**
 * Names for statements that a process repeats, so that PostgreSQL parses and plans each once for a connection. A
 * statement that selects `*` gets none: its plan fails after a migration has added a column.
 */
export class StatementNames {
  private readonly sent = new Map<string, number>();
  private readonly names = new Map<string, string>();

  /** The name of a statement; undefined where it is sent without one. */
  nameOf(text: string): string | undefined {
    const name = this.names.get(text);
    if (name !== undefined || this.names.size >= MAXIMUM_NAMES || !isRepeatable(text)) return name;
    const count = (this.sent.get(text) ?? 0) + 1;
    if (count > SENT_BEFORE_NAMED) {
      this.sent.delete(text);
      this.names.set(text, `postern_${this.names.size + 1}`);
    } else if (count > 1 || this.sent.size < MAXIMUM_TEXTS) this.sent.set(text, count);
    return this.names.get(text);
  }
}

const isRepeatable = (text: string) =>
  /^\s*(?:select|insert|update|delete|with)\b/i.test(text) && !/^\s*select \*|\.\*|returning \*/i.test(text);
