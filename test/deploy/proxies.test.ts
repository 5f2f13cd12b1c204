import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call, newCallKey, newGateway, report } from '../features/usage/gateway.js';
import type { Reader } from '../../src/database/read/select.js';
import { sendRaw } from '../http/send-raw.js';
import { eventually } from '../support/eventually.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { cleanUp } from '../support/server-process.js';
import { startBeside } from '../support/start-beside.js';
import { goodPassword, newUser, newUsername } from '../support/users.js';
import { HOST, Http2Client } from './http2-client.js';
import { publicProxies, type PublicProxy } from './public-proxies.js';

const METRICS_TOKEN = 'metrics-token-of-at-least-32-characters';

/** The settings that the configurations name, in production. */
const settings = {
  NODE_ENV: 'production',
  PUBLIC_URL: `https://${HOST}`,
  TRUSTED_PROXIES: '127.0.0.1',
  RETURN_ORIGINS: 'https://console.example.org',
  METRICS_TOKEN,
};

/** Where a client claims to be, in every header that some proxy uses. */
const spoofed = {
  'x-forwarded-for': '203.0.113.7',
  forwarded: 'for=203.0.113.7;host=evil.example.org;proto=http',
  'x-real-ip': '203.0.113.7',
  'x-client-ip': '203.0.113.7',
  'true-client-ip': '203.0.113.7',
  'x-forwarded-host': 'console.example.org',
  'x-forwarded-proto': 'https',
  'x-forwarded-uri': '/spoofed',
  'x-forwarded-method': 'GET',
  'x-original-url': 'https://console.example.org/spoofed',
};

let postern: TestPostern;
/** Holds the reads of usage after the first page while it is set. */
let hold: Promise<void> | null = null;
let pages = 0;

beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

/** A Postern as in production, at a port, whose reads of usage can be held. */
function startInstance(port = '0'): Promise<TestPostern> {
  const { reader } = postern.database;
  const holding: Reader = {
    ...reader,
    runAdHoc: async (text, values) => {
      if (text.includes('from "usage_logs"') && (pages += 1) > 1) await hold;
      return reader.runAdHoc(text, values);
    },
  };
  return startBeside({ ...postern, database: { ...postern.database, reader: holding } }, { ...settings, PORT: port });
}

describe.each(Object.entries(publicProxies))(
  'behind %s with the configuration of deploy/',
  (_name, { start, repeats }) => {
    let instances: TestPostern[];
    let proxy: PublicProxy;
    let client: Http2Client;
    const username = newUsername();

    beforeAll(async () => {
      instances = [await startInstance(), await startInstance()];
      proxy = await start(instances.map(({ url }) => new URL(url).host));
      // From another address than the proxy's.
      client = await Http2Client.open(proxy.https, proxy.cert, '127.0.0.2');
      const input = `username: "${username}", password: "${goodPassword}", confirmPassword: "${goodPassword}"`;
      await client.post(`mutation { register(input: { ${input} }) { userErrors { code } } }`);
    });
    afterAll(async () => {
      await cleanUp();
      await Promise.all(instances.map((instance) => instance.close()));
    });

    const signIn = (headers: Record<string, string> = {}) =>
      client.post(
        `mutation { login(input: { login: "${username}", password: "${goodPassword}" }) {
        session { session { ip } } userErrors { code } } }`,
        headers,
      );

    test('signs in over HTTP/2 and TLS, with a cookie for this host alone', async () => {
      const answer = await signIn();
      expect(answer.status).toBe(200);
      expect(answer.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
      const [cookie = ''] = answer.headers['set-cookie'] ?? [];
      expect(cookie).toMatch(/^__Host-postern_session=[^;]+;.*Secure/);
      const { text } = await client.post('{ me { username } }', { cookie: cookie.split(';')[0]! });
      expect(JSON.parse(text)).toEqual({ data: { me: { username } } });
    });

    test.each([
      ['no forwarding headers', {}],
      ['every forwarding header', spoofed],
    ])('records the address of the client’s connection when it sends %s (R-22)', async (_what, headers) => {
      const { text } = await signIn(headers);
      expect(JSON.parse(text)).toMatchObject({ data: { login: { session: { session: { ip: '127.0.0.2' } } } } });
    });

    test('passes no claim of the client on to forward auth (R-123)', async () => {
      const { status, headers } = await client.send('GET', '/auth/verify', spoofed);
      expect([status, headers['x-postern-sign-in']]).toEqual([401, `https://${HOST}/sign-in`]);
    });

    test('keeps /metrics from everyone, even with the token, and leaves it to the collector (R-95)', async () => {
      const authorization = `Bearer ${METRICS_TOKEN}`;
      for (const path of [
        '/metrics',
        '/metrics/',
        '//metrics',
        '/%6detrics',
        '/metrics?x',
        '/./metrics',
        '/x/../metrics',
      ]) {
        const { status, text } = await client.send('GET', path, { authorization });
        expect([path, status, text.includes('postern_')]).toEqual([path, 404, false]);
      }
      const direct = await sendRaw(`${instances[0]!.url}/metrics`, 'GET', { authorization });
      expect([direct.status, direct.text.includes('postern_requests_total')]).toEqual([200, true]);
    });

    test('leads from http to https', async () => {
      const { status, headers } = await sendRaw(`http://127.0.0.1:${proxy.http}/sign-in?a=b`, 'GET', { host: HOST });
      expect([301, 308]).toContain(status);
      expect(headers.location).toMatch(new RegExp(`^https://${HOST}(?::${proxy.https})?/sign-in\\?a=b$`));
    });

    test('rejects a body of more than 1 MiB, and passes a smaller one on', async () => {
      const query = (bytes: number) => `{ me { id } } #${'x'.repeat(bytes)}`;
      expect((await client.post(query(900 * 1024))).headers['x-request-id']).toBeDefined();
      // Caddy answers 502 if Postern closes the connection while the body is still on its way.
      expect([413, 502]).toContain((await client.post(query(1_100 * 1024))).status);
    });

    test('passes the first page of an export on while Postern reads the second (R-138)', async () => {
      const user = await newUser(postern, 'BEARER');
      const key = await newCallKey(postern, user);
      const at = new Date(postern.clock.read().getTime() - 60_000);
      const gateway = await newGateway(postern);
      await report(
        gateway,
        Array.from({ length: 900 }, () => call(key, at)),
      );
      const held = Promise.withResolvers<void>();
      [hold, pages] = [held.promise, 0];
      const headers = { authorization: `Bearer ${user.client.token}` };
      const { stream } = await client.open('GET', '/export/usage?format=jsonl', headers);
      let text = '';
      for await (const part of stream) {
        text += part as string;
        // The rest comes only if the first page has arrived.
        if (text.split('\n').length > 400) held.resolve();
      }
      hold = null;
      expect(text.trim().split('\n')).toHaveLength(900);
    });

    /** Sends requests during a change. @returns the statuses of those that failed */
    async function failuresDuring(change: (untilMore: () => Promise<void>) => Promise<void>): Promise<number[]> {
      let isOver = false;
      const statuses: number[] = [];
      const page = () => client.send('GET', '/sign-in');
      const logout = () => client.post('mutation { logout { userErrors { code } } }');
      const ask = async () => {
        while (!isOver) statuses.push((await (repeats === 'GET' ? page() : logout())).status);
      };
      const asking = [ask(), ask(), ask(), ask()];
      const untilMore = async () => {
        const before = statuses.length;
        await eventually(() => statuses.length > before + 40, 'more requests');
      };
      await untilMore();
      await change(untilMore);
      await untilMore();
      isOver = true;
      await Promise.all(asking);
      return statuses.filter((status) => status !== 200);
    }

    test('answers every request while two instances are replaced, one after the other', async () => {
      const failures = await failuresDuring(async (untilMore) => {
        for (const [number, { url }] of instances.entries()) {
          await instances[number]!.close();
          await untilMore();
          instances[number] = await startInstance(new URL(url).port);
        }
      });
      expect(failures).toEqual([]);
    });

    test('answers every request while one of two instances stops', async () => {
      expect(await failuresDuring(() => instances.shift()!.close())).toEqual([]);
    });
  },
);
