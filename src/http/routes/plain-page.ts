import type { FastifyReply } from 'fastify';

/** Nothing is loaded, run or submitted. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const style = `
:root { color-scheme: light dark; font: 16px/1.55 system-ui, sans-serif; }
body { max-width: 44rem; margin: 3rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; margin-bottom: 0; }
pre { padding: .8rem 1rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 8px; white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/** Sends a text page without scripts. `body` is HTML that the caller has escaped. */
export const sendPlainPage = (reply: FastifyReply, title: string, body: string): FastifyReply =>
  reply
    .headers({ 'content-security-policy': CONTENT_SECURITY_POLICY, 'content-type': 'text/html; charset=utf-8' })
    .send(
      `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} – Postern</title><style>${style}</style></head>\n` +
        `<body><main><h1>${title}</h1>\n${body}\n</main></body></html>\n`,
    );
