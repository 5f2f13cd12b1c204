import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';

export interface Answer<Data> {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Data;
  readonly errors: readonly {
    message: string;
    path?: readonly (string | number)[];
    extensions: Record<string, unknown>;
  }[];
  /** The body as received. */
  readonly text: string;
}

/** An HTTP client of the API, with a cookie jar like a browser or a bearer token like a program. */
export class Client {
  readonly cookies = new Map<string, string>();
  token: string | null = null;

  constructor(
    readonly url: string,
    readonly headers: Record<string, string> = {},
  ) {}

  /** Another client with the same credentials, such as an attacker with a stolen cookie. */
  copy(): Client {
    const copy = new Client(this.url, this.headers);
    for (const [name, value] of this.cookies) copy.cookies.set(name, value);
    copy.token = this.token;
    return copy;
  }

  /** Sends a document with its variables. Documents that codegen knows are typed. */
  send(document: string, variables?: Record<string, unknown>): Promise<Answer<Record<string, any>>>;
  send<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    ...variables: Variables extends Record<string, never> ? [] : [Variables]
  ): Promise<Answer<Data>>;
  send(document: TypedDocumentNode<unknown, unknown> | string, variables?: unknown): Promise<Answer<unknown>> {
    return this.post(JSON.stringify({ query: typeof document === 'string' ? document : print(document), variables }));
  }

  /** Sends any body with any headers. */
  async post(body: string, headers: Record<string, string> = {}): Promise<Answer<unknown>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.credentials(), ...this.headers, ...headers },
      body,
    });
    this.keepCookies(response.headers);
    const text = await response.text();
    const { data, errors = [] } = text
      ? (JSON.parse(text) as { data?: unknown; errors?: Answer<unknown>['errors'] })
      : {};
    return { status: response.status, headers: response.headers, data: data ?? null, errors, text };
  }

  private credentials(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return {
      ...(cookie ? { cookie, origin: 'http://localhost:4000' } : {}),
      ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
    };
  }

  private keepCookies(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/expires=Thu, 01 Jan 1970/i.test(line) || value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}
