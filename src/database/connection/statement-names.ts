/** How often a statement is sent before it gets a name, since a rare statement is not worth a stored plan. */
const USES_BEFORE_NAMING = 2;

/**
 * Maximum number of named statements, since each connection stores their plans, and of statements whose uses are
 * counted.
 */
const MAXIMUM_NAMES = 200;
const MAXIMUM_TEXTS = 1_000;

/**
 * Names statements that a process repeats, so that PostgreSQL parses and plans each once per connection. A statement
 * that selects `*` gets no name: its plan would fail after a migration that adds a column.
 */
export class StatementNames {
  private readonly useCounts = new Map<string, number>();
  private readonly names = new Map<string, string>();

  /** The name of a statement; undefined if it is sent without one. */
  getName(text: string): string | undefined {
    const name = this.names.get(text);
    if (name !== undefined || this.names.size >= MAXIMUM_NAMES || !isRepeatable(text)) return name;
    const count = (this.useCounts.get(text) ?? 0) + 1;
    if (count > USES_BEFORE_NAMING) {
      this.useCounts.delete(text);
      this.names.set(text, `postern_${this.names.size + 1}`);
    } else if (count > 1 || this.useCounts.size < MAXIMUM_TEXTS) this.useCounts.set(text, count);
    return this.names.get(text);
  }
}

const isRepeatable = (text: string) =>
  /^\s*(?:select|insert|update|delete|with)\b/i.test(text) && !/^\s*select \*|\.\*|returning \*/i.test(text);
