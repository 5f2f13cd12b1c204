import DataLoader from 'dataloader';
import { getSessionViewer, type Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';
import { findSecurityFacts } from './find-security-facts.js';
import { securityFindings, type SecurityFinding } from './security-findings.js';

/** Loads the findings of all accounts of a request in four queries. */
export const securityFindingsLoader = perRequest(
  (context: Context) =>
    new DataLoader<string, SecurityFinding[]>(async (accountIds) => {
      const { reader, now, locale, keys, viewer, config } = context;
      const facts = await findSecurityFacts(reader, {
        accountIds,
        canBindEmail: config.mail.isEnabled,
        offersPasskeys: config.passkeys.areOffered,
        now,
        keys,
        requestingAccountId: viewer?.accountId ?? null,
        currentSessionId: getSessionViewer(context)?.sessionId ?? null,
      });
      return accountIds.map((id) => {
        const accountFacts = facts.get(id);
        return accountFacts ? securityFindings(accountFacts, locale, now) : [];
      });
    }),
);
