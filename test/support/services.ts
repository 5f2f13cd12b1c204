import { AccountEntity } from '../../src/features/account/account.entity.js';
import { issueApiToken } from '../../src/features/api-token/issue-api-token.js';
import { newId } from '../../src/database/connection/id.js';
import type { ServiceScope } from '../../src/rules/service-scope.js';
import type { Client } from './client.js';
import type { TestPostern } from './postern.js';
import { ruleContext } from './rule-context.js';
import { newUsername } from './users.js';

/** A service of the platform: the client of its SERVICE account. */
export interface TestService {
  readonly id: string;
  readonly username: string;
  readonly token: string;
  readonly client: Client;
}

/** Creates a SERVICE account with scopes. */
export async function newService(postern: TestPostern, scopes: readonly ServiceScope[]): Promise<TestService> {
  const context = ruleContext(postern);
  const account = {
    id: newId(context.now),
    username: newUsername(),
    role: 'SERVICE' as const,
    serviceScopes: [...scopes],
    status: 'ACTIVE' as const,
    authVersion: 1,
    createdAt: context.now,
  };
  await context.em.insert(AccountEntity, account);
  const { token } = await issueApiToken(context, account.id);
  return { id: account.id, username: account.username, token, client: Object.assign(postern.client(), { token }) };
}
