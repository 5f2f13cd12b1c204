import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { query } from '../../support/database.js';
import { loginOptions, loginWithPasskey, newPasskeyUser, type PasskeyUser } from '../../support/passkeys.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import type { AuthenticatorState } from '../../support/software-authenticator.js';
import { compareTimes, median } from '../../support/timing.js';
import { answerWrongly, wrongAnswers } from './wrong-answers.js';

const SAMPLES = 300;

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

test('takes the same time to refuse a passkey, whatever is wrong with it (R-109)', async () => {
  const [user, disabled] = [await newPasskeyUser(postern), await newPasskeyUser(postern)];
  await query(postern.database, "update accounts set status = 'DISABLED' where username = ?", [disabled.username]);
  const client = postern.client();
  await loginWithPasskey(client, user.authenticator.answer(await loginOptions(client)));
  const stranger = (await newPasskeyUser(postern)).authenticator;
  /** A well-formed answer of another user's passkey that another key signed. */
  const forge = ({ authenticator }: PasskeyUser, options: unknown, change?: (state: AuthenticatorState) => void) => {
    const { id, userHandle } = authenticator.credentials[0]!;
    return stranger.answer(options, change, { ...stranger.credentials[0]!, id, userHandle });
  };
  const answers: Readonly<Record<string, (options: unknown) => unknown>> = {
    unknown: (options) => answerWrongly(user.authenticator, options, wrongAnswers['of an unknown passkey']!),
    signature: (options) => forge(user, options, (state) => (state.counter = 1_000)),
    disabled: (options) => forge(disabled, options),
    counter: (options) => forge(user, options, (state) => (state.counter = 1)),
    unverified: (options) => user.authenticator.answer(options, (state) => (state.userVerified = false)),
  };
  const samples: Record<string, number[]> = Object.fromEntries(Object.keys(answers).map((kind) => [kind, []]));
  for (let n = 0; n < SAMPLES; n += 1) {
    for (const [kind, answer] of Object.entries(answers)) {
      await query(postern.database, 'delete from attempts');
      const response = answer(await loginOptions(client));
      const start = performance.now();
      const refused = await loginWithPasskey(client, response);
      samples[kind]!.push(performance.now() - start);
      expect(refused).toBeRefusedWith(['INVALID_CREDENTIALS']);
    }
  }
  const reference = samples['unknown']!;
  for (const { median: middle, auc } of compareTimes(samples, reference)) {
    expect(Math.abs(middle - median(reference))).toBeLessThan(Math.max(5, 0.05 * median(reference)));
    expect(Math.abs(auc - 0.5)).toBeLessThanOrEqual(0.07);
  }
});
