import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { announce } from './announce.ts';

/** Serves one function over plain `node:http`: the body comes in as text and the response goes out as JSON. */
export async function serveBare(
  answer: (body: string, headers: IncomingHttpHeaders) => Promise<string>,
): Promise<void> {
  const server = createServer(async (request, response) => {
    const body = Buffer.from(await answer(await text(request), request.headers));
    response
      .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length })
      .end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  announce(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}
