// A tiny service with an OpenAI-style interface to try the gateway with. It echoes everything, word by word.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

const { PORT = '8081' } = process.env;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  if (request.url !== '/v1/chat/completions')
    return response
      .writeHead(404, { 'content-type': 'application/json' })
      .end('{"error":{"message":"There is no such thing here."}}');
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const { model, messages, stream, stream_options } = JSON.parse(text) as {
    model: string;
    messages: { content: string }[];
    stream?: boolean;
    stream_options?: { include_usage?: boolean };
  };
  const words = (messages.at(-1)?.content ?? '').split(' ');
  const usage = { prompt_tokens: words.length, completion_tokens: words.length, total_tokens: 2 * words.length };
  if (!stream) {
    response.writeHead(200, { 'content-type': 'application/json' });
    return response.end(
      JSON.stringify(
        {
          object: 'chat.completion',
          model,
          choices: [{ index: 0, message: { role: 'assistant', content: words.join(' ') }, finish_reason: 'stop' }],
          usage,
        },
        null,
        2,
      ),
    );
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (part: object) =>
    response.write(`data: ${JSON.stringify({ object: 'chat.completion.chunk', model, ...part })}\n\n`);
  for (const word of words) {
    send({ choices: [{ index: 0, delta: { content: `${word} ` } }] });
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
  if (stream_options?.include_usage) send({ choices: [], usage });
  return response.end('data: [DONE]\n\n');
}

const server = createServer((request, response) => void answer(request, response)).listen(
  Number(PORT),
  '127.0.0.1',
  () => console.log(`upstream: http://127.0.0.1:${(server.address() as { port: number }).port}`),
);
