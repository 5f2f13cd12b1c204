import { fork } from '../../../src/database/connection/database.js';
import { createRoot } from '../../../src/features/sign-up/create-root.js';
import { userErrorMessages } from '../../../src/rules/user-error-messages.js';
import { newUsername } from '../../support/users.js';
import type { TestPostern } from '../../support/postern.js';
import { completeSetupAs, newSetupToken, registerAs } from '../sign-up/sign-up-as.js';

/** The refusals as codes and fields; empty when the password was accepted. */
export type Refusals = readonly (readonly [code: string, ...field: string[]])[];

/** Sets a password in one operation, for a given or new username. */
export type EntryPoint = (postern: TestPostern, password: string, username?: string) => Promise<Refusals>;

interface Refusal {
  readonly code: string;
  readonly field?: readonly string[] | null;
}

const userErrorsOf = (userErrors: readonly Refusal[] | undefined): Refusals =>
  userErrors!.map(({ code, field }) => [code, ...(field ?? [])]);

/** Every operation that sets a password. Add new ones here to test the password rules for them too. */
export const entryPoints: Readonly<Record<string, EntryPoint>> = {
  register: async (postern, password, username = newUsername()) => {
    const { data } = await registerAs(postern.client(), { username, password });
    return userErrorsOf(data.register?.userErrors);
  },
  completeSetup: async (postern, password, username = newUsername()) => {
    const setupToken = await newSetupToken(postern);
    const { data } = await completeSetupAs(postern.client(), { setupToken: setupToken!, username, password });
    return userErrorsOf(data.completeSetup?.userErrors);
  },
  'the command line': async ({ database, app, clock }, password, username = newUsername()) => {
    const { passwords, keys, config } = app.dependencies;
    const problem = await createRoot(
      { em: fork(database), passwords, keys, config, now: clock.read() },
      username,
      password,
    );
    if (problem === null) return [];
    const messages = Object.entries(userErrorMessages).filter(([, message]) => problem.includes(message.EN));
    if (/^Use at least \d+ characters\./.test(problem)) return [['PASSWORD_TOO_SHORT', 'password']];
    return messages.map(([code]) => [code, code.startsWith('PASSWORD') ? 'password' : 'username']);
  },
};
