import { pageOrigin } from '../support/passkeys.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';

/** What a document has in place of an answer of the browser. */
const ANSWER = '"the JSON of the browser"';

/** Answers the options of a document's requests, as a browser would. Documents show neither options nor answers. */
export class DocumentedPasskeys {
  readonly #authenticator = new SoftwareAuthenticator(pageOrigin);
  #options: { readonly user?: object } = {};

  /** A documented request with the answer to the last options. */
  fillIn(body: string): string {
    return body.includes(ANSWER) ? body.replace(ANSWER, () => JSON.stringify(this.#answer())) : body;
  }

  /** An answer of the server whose options are empty, as in documents. Remembers the options. */
  withoutOptions(answer: unknown): unknown {
    const { data } = answer as { data?: Record<string, { options?: object } | null> | null };
    for (const payload of Object.values(data ?? {})) {
      if (!payload?.options) continue;
      this.#options = payload.options;
      payload.options = {};
    }
    return answer;
  }

  #answer(): unknown {
    return this.#options.user ? this.#authenticator.register(this.#options) : this.#authenticator.answer(this.#options);
  }
}
