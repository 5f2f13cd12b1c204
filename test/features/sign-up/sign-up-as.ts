import { issueSetupToken } from '../../../src/features/sign-up/setup-token.js';
import { fork } from '../../../src/database/connection/database.js';
import type { Client } from '../../support/client.js';
import { graphql } from '../../support/generated/gql.js';
import type { CompleteSetupInput, RegisterInput } from '../../support/generated/graphql.js';
import { Register, goodPassword, newUsername } from '../../support/users.js';
import type { TestPostern } from '../../support/postern.js';

const SignUpCompleteSetup = graphql(`
  mutation SignUpCompleteSetup($input: CompleteSetupInput!) {
    completeSetup(input: $input) {
      user { id username role }
      session { token session { id current factors } }
      userErrors { code field message }
    }
  }
`);

/** Fills in what a test omits: a free username and a valid password. */
const credentials = ({
  username = newUsername(),
  password = goodPassword,
  confirmPassword = password,
  ...rest
}: Partial<RegisterInput>) => ({ username, password, confirmPassword, ...rest });

/** Signs up. */
export const registerAs = (client: Client, wish: Partial<RegisterInput> = {}) =>
  client.send(Register, { input: credentials(wish) });

/** Completes the setup as the first ROOT. */
export const completeSetupAs = (
  client: Client,
  { setupToken, ...wish }: Partial<CompleteSetupInput> & Pick<CompleteSetupInput, 'setupToken'>,
) => client.send(SignUpCompleteSetup, { input: { ...credentials(wish), setupToken } });

/** A setup token as a server start issues it; null when there is a ROOT. */
export const newSetupToken = ({ database, clock }: TestPostern) => issueSetupToken(fork(database), clock.read());
