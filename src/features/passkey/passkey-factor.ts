import { passkeyMethods } from '../../rules/authentication-method.js';
import type { RuleContext } from '../../rules/context.js';
import type { FactorOwner } from '../two-factor/second-factor.js';
import type { SecondFactorMethod } from '../two-factor/verify-factor.js';
import type { ChallengeUse } from './challenges.js';
import { consumePasskey } from './consume-passkey.js';
import { verifyAssertion } from './verify-assertion.js';
import { withPasskeyAttempt } from './with-passkey-attempt.js';

/** What the challenge for a factor of this owner is for. */
export const challengeUseOf = ({
  sessionId,
  isRecovery,
  proofId,
}: FactorOwner): Pick<ChallengeUse, 'purpose' | 'boundTo'> =>
  sessionId
    ? { purpose: 'CONFIRM', boundTo: sessionId }
    : { purpose: isRecovery ? 'RECOVER' : 'SECOND_FACTOR', boundTo: proofId ?? null };

/** Passkeys as a second factor. */
export const passkeyFactor: SecondFactorMethod = {
  kind: 'PASSKEY',
  verify: (context, owner, { response }) => withPasskeyAttempt(context, true, () => verify(context, owner, response)),
};

async function verify(context: RuleContext, owner: FactorOwner, response: unknown) {
  const { verified } = await verifyAssertion(context, response, {
    ...challengeUseOf(owner),
    accountId: owner.id,
    isOnlyProof: owner.isOnlyProof ?? false,
  });
  if (!verified) return 'WRONG' as const;
  return {
    kind: 'PASSKEY' as const,
    methods: passkeyMethods(verified),
    consume: (inTransaction: RuleContext) => consumePasskey(inTransaction, verified),
  };
}
