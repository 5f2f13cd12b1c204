import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { newApiToken } from '../features/api-token/own-token.js';
import { completeSetupAs, newSetupToken } from '../features/sign-up/sign-up-as.js';
import { newGateway } from '../features/usage/gateway.js';
import type { MailServer } from '../support/mail-server.js';
import { newUser } from '../support/users.js';
import type { TestPostern } from '../support/postern.js';
import { startPosternWithMail } from '../support/postern-with-mail.js';
import { Authenticator } from '../support/two-factor.js';
import { documentedSteps, type EmailStep, type RequestStep } from './documented-steps.js';
import { DocumentedPasskeys } from './documented-passkeys.js';
import { DocumentedValues } from './documented-values.js';

let postern: TestPostern;
let mail: MailServer;
afterEach(() => postern.close());

/** What is there before the first request of each document, and the values that the document has from elsewhere. */
const documents: readonly (readonly [file: string, prepare: () => Promise<Record<string, string>>])[] = [
  [
    'README.md',
    async () => {
      await completeSetupAs(postern.client(), { setupToken: (await newSetupToken(postern))!, username: 'mara' });
      return {};
    },
  ],
  ['docs/api-tour.md', async () => ({ 'psu_5Kd0aZ3c…': (await newSetupToken(postern))! })],
  [
    'docs/management-api.md',
    async () => ({
      'pat_5mJ0uXa1…': await newApiToken((await newUser(postern)).client),
      'pat_9GatewAy…': (await newGateway(postern)).token!,
    }),
  ],
];

test.each(documents)('%s shows the responses that a server sends to its requests', async (file, prepare) => {
  ({ postern, mail } = await startPosternWithMail());
  const values = new DocumentedValues(postern.clock, await prepare());
  let secret: string | undefined;
  const passkeys = new DocumentedPasskeys();
  for (const step of documentedSteps(readFileSync(file, 'utf8'))) {
    if (step.kind === 'wait') postern.clock.advance({ minutes: step.minutes });
    else if (step.kind === 'email') await receive(step, values);
    else {
      const needsCode = secret !== undefined && /"\d{6}"/.test(step.body);
      const text = await send(
        { ...step, body: passkeys.fillIn(step.body) },
        values,
        needsCode ? await new Authenticator(secret!, postern.clock).nextCode() : '',
      );
      secret = /"secret":"(\w+)"/.exec(text)?.[1] ?? secret;
      const answer = passkeys.withoutOptions(JSON.parse(text));
      expect({ line: step.line, answer }).toEqual({ line: step.line, answer: values.adopt(step.answer, answer) });
    }
  }
});

/** Sends a documented request with this time's values. */
async function send({ headers, body }: RequestStep, values: DocumentedValues, code: string): Promise<string> {
  const response = await fetch(`${postern.url}/graphql`, {
    method: 'POST',
    headers: {
      'user-agent': 'curl/8.7.1',
      ...Object.fromEntries(headers.map((header) => values.fillIn(header, code).split(': ') as [string, string])),
    },
    body: values.fillIn(body, code),
  });
  return response.text();
}

const seen = new Set<unknown>();

/** Waits for a new email to the recipient that has all documented lines. */
async function receive({ to, lines }: EmailStep, values: DocumentedValues): Promise<void> {
  const isIt = ({ text }: { text: string }) =>
    lines.every((line) => text.split('\n').some((actual) => values.adoptLine(line, actual)));
  const find = () => mail.to(to).find((received) => !seen.has(received) && isIt(received));
  await mail.until(() => find() !== undefined);
  seen.add(find());
}
