import { sendRaw, type RawAnswer } from '../http/send-raw.js';
import type { Client } from './client.js';
import type { TestPostern } from './postern.js';

/** A server whose proxies are trusted, and whose sign-in may lead to a console on another host. */
export const forwardAuthSettings = {
  PUBLIC_URL: 'http://account.example.test',
  COOKIE_DOMAIN: 'example.test',
  RETURN_ORIGINS: 'http://console.example.test,https://other.example.test:8443',
  TRUSTED_PROXIES: '127.0.0.1',
  /** What test clients send as their origin. */
  CORS_ORIGINS: 'http://localhost:4000',
};

/** What a proxy asks, as its client. */
export interface AccessRequest {
  /** After `/auth/verify`. */
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string;
}

/** The cookie header of a client, with these cookies alone. */
export const cookiesOf = ({ cookies }: Client, ...names: readonly string[]): { cookie: string } => ({
  cookie: names.map((name) => `${name}=${cookies.get(name)}`).join('; '),
});

/** Asks forward auth with exactly these headers. */
export const verifyAccess = (
  { url }: Pick<TestPostern, 'url'>,
  { path = '', method = 'GET', headers = {}, body }: AccessRequest = {},
): Promise<RawAnswer> => sendRaw(`${url}/auth/verify${path}`, method, headers, body);
