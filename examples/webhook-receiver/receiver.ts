// A receiver of Postern's webhooks in one file: it verifies each message, ignores repeated ones and prints the events.
// Start it with WEBHOOK_SECRET=whsec_… node receiver.ts
import { createServer, type IncomingMessage } from 'node:http';
import { Webhook } from 'standardwebhooks';

const { WEBHOOK_SECRET = '', PORT = '8090' } = process.env;

/** What Postern sends. The types of events are those of `SecurityEventType` in the schema. */
interface Message {
  readonly type: string;
  readonly timestamp: string;
  readonly data: { readonly id: string; readonly userId: string | null; readonly outcome: 'SUCCESS' | 'REFUSED' };
}

const LARGEST_MESSAGE = 65_536; // Bytes; Postern sends no larger one.
const MOST_REMEMBERED = 10_000; // IDs of events.

const webhook = new Webhook(WEBHOOK_SECRET);
const seen = new Set<string>();

const server = createServer((request, response) => {
  receive(request).then(
    (status) => response.writeHead(status).end(),
    () => response.writeHead(400).end(),
  );
});
server.listen(Number(PORT), '127.0.0.1', () => {
  const address = server.address();
  console.log(`receiver: http://127.0.0.1:${typeof address === 'object' ? address?.port : PORT}`);
});

/** @returns the status to answer with: any from 200 to 299 tells Postern that the message was received */
async function receive(request: IncomingMessage): Promise<number> {
  const body = await read(request);
  // Throws unless the signature is genuine and the timestamp within five minutes.
  const { type, timestamp, data } = webhook.verify(body, request.headers as Record<string, string>) as Message;
  // Messages come at least once, in no promised order.
  if (seen.has(data.id)) return 204;
  remember(data.id);
  console.log(`${timestamp} ${type} ${data.outcome} ${data.userId ?? 'no user'}`);
  return 204;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LARGEST_MESSAGE) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function remember(id: string): void {
  seen.add(id);
  const [oldest] = seen;
  if (seen.size > MOST_REMEMBERED && oldest) seen.delete(oldest);
}
