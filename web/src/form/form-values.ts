/** The values of a submitted form. */
export interface FormValues {
  /** The value of a field; empty if the form has no field of that name. */
  text(name: string): string;
  /** Whether the form contains the field; for a checkbox, whether it is checked. */
  has(name: string): boolean;
}

/** Reads the values of a form that has no files. */
export const readForm = (form: FormData): FormValues => ({
  text: (name) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  },
  has: (name) => form.has(name),
});
