import { Client } from './client.js';

/** What a user pastes: a code in full-width digits and in two lines, and text between characters that can't be seen. */
const pastedForms = {
  code: (text: string) =>
    `\u200b${[...text].map((digit) => String.fromCodePoint(digit.codePointAt(0)! + 0xfee0)).join('\u00a0')}\r\n`,
  backupCode: (text: string) => `\ufeff${text.replaceAll('-', '\u2011')}\u200b\n`,
  text: (text: string) => `\ufeff\u00a0${text}\u200b\r\n`,
};

/** The input fields of codes, names and addresses. */
export const pastedFields: Readonly<Record<string, keyof typeof pastedForms>> = {
  code: 'code',
  totpCode: 'code',
  backupCode: 'backupCode',
  login: 'text',
  username: 'text',
  email: 'text',
  name: 'text',
  search: 'text',
};

/** A client whose user pastes each code, name and address. */
export class PastingClient extends Client {
  /** The names of the fields with a pasted value, such as `LoginInput.login`. */
  readonly pasted = new Set<string>();

  override post(body: string, headers?: Record<string, string>) {
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
    const [, inputType = ''] = /\$input: (\w+)/.exec(query) ?? [];
    return super.post(JSON.stringify({ query, variables: this.#paste(variables, inputType) }), headers);
  }

  #paste(value: unknown, type: string): unknown {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => {
        const form = pastedFields[name];
        if (form === undefined || typeof field !== 'string')
          return [name, this.#paste(field, name === 'factor' ? 'SecondFactorInput' : type)];
        this.pasted.add(`${type}.${name}`);
        return [name, pastedForms[form](field)];
      }),
    );
  }
}
