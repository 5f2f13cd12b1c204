import type { Client } from './client.js';

/** An answer of an export, complete. */
export interface ExportAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends the request of an export with the credentials of a client, and resolves when its headers have arrived. */
export const openExport = (
  client: Client,
  path: string,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Response> => {
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return fetch(`${client.url}/export/${path}`, {
    headers: {
      ...(cookie ? { cookie, 'sec-fetch-site': 'same-origin' } : {}),
      ...(client.token ? { authorization: `Bearer ${client.token}` } : {}),
      ...headers,
    },
    ...(signal ? { signal } : {}),
  });
};

/** Exports with the credentials of a client. */
export async function exportAs(
  client: Client,
  path: string,
  headers: Record<string, string> = {},
): Promise<ExportAnswer> {
  const response = await openExport(client, path, headers);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The records of JSON lines. */
export const recordsOf = ({ text }: Pick<ExportAnswer, 'text'>): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** The first error of an answer. */
export const errorOf = ({ status, text }: Pick<ExportAnswer, 'status' | 'text'>) => {
  const { errors } = JSON.parse(text) as {
    errors: [{ message: string; extensions: { code: string; parameter?: string } }];
  };
  return { status, ...errors[0].extensions, message: errors[0].message };
};
