/** What was typed into a form, exactly as it was. */
export interface Typed {
  /** The text of a field; empty where the form has none of that name. */
  text(name: string): string;
  /** Whether the form has such a field; a box counts when it is checked. */
  has(name: string): boolean;
}

/** Reads a form as texts; it has no files. */
export const typedInto = (form: FormData): Typed => ({
  text: (name) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  },
  has: (name) => form.has(name),
});
