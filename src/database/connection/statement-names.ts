/** How often a statement is sent before it gets a name: a statement sent once is not worth its own plan. */
const SENT_BEFORE_NAMED = 2;

/** Maximum number of named statements and of counted texts; each connection stores the plans of named statements. */
const MAXIMUM_NAMES = 200;
const MAXIMUM_TEXTS = 1_000;

/**
 * Names statements that a process repeats, so that PostgreSQL parses and plans each once per connection. A statement
 * that selects `*` gets no name: its plan would fail after a migration that adds a column.
 */
export class StatementNames {
  private readonly sent = new Map<string, number>();
  private readonly names = new Map<string, string>();

  /** The name of a statement; undefined if it is sent without one. */
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
