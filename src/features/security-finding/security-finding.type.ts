import { Field, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { toAccessToken } from '../access-token/access-token.type.js';
import { toApiToken } from '../api-token/api-token.type.js';
import { toCallKey } from '../call-key/call-key.type.js';
import { toSession } from '../session/session.type.js';
import type { SecurityFinding, SecurityFindingCode, Severity } from './security-findings.js';
import type { FindingSubject } from './unused-credentials.js';

const SecurityFindingCodeEnum = graphqlEnum<SecurityFindingCode>(
  'SecurityFindingCode',
  'What makes an account less secure.',
  {
    NO_EMAIL: 'No email address is bound.',
    TWO_FACTOR_OFF: 'Two-factor authentication is off.',
    FEW_BACKUP_CODES: 'Three or fewer backup codes are left.',
    NO_PASSKEY: 'There is no passkey, which is easier than a password and a code, and can’t be phished.',
    PASSWORD_COMMON: 'The password is easy to guess. Only the owner sees this finding.',
    API_TOKEN_UNUSED: 'The API token hasn’t been used for 90 days.',
    CALL_KEY_UNUSED: 'A usable call key hasn’t been used for 90 days.',
    ACCESS_TOKEN_EXPIRING: 'An access token that was used in the last 30 days expires within 7 days.',
    ACCESS_TOKEN_UNUSED: 'An active access token hasn’t been used for 90 days.',
    STALE_SESSION: 'An active session hasn’t been used for two days.',
  },
);

const SeverityEnum = graphqlEnum<Severity>('Severity', 'How important a finding is.', {
  HIGH: 'Important: act now.',
  MEDIUM: 'Recommended: act soon.',
  LOW: 'Optional.',
});

@ObjectType('SecurityFinding', {
  description: 'A recommendation to make an account more secure.',
  simpleResolvers: true,
})
export class SecurityFindingType {
  @Field(() => SecurityFindingCodeEnum, { description: 'The finding, for programs.' })
  code!: SecurityFindingCode;

  @Field(() => SeverityEnum, { description: 'How important the finding is.' })
  severity!: Severity;

  @Field(() => String, { description: 'What was found and what to do, in the caller’s language.' })
  message!: string;

  @Field(() => String, { description: 'The mutation that resolves the finding.' })
  mutation!: string;

  @Field(() => NodeType, {
    nullable: true,
    description:
      'The session, call key, access token or API token that the finding is about. Null if it is about the account itself. At most five findings have the same code: those about what was unused for longest.',
  })
  subject!: NodeType | null;
}

/** Maps a finding to a `SecurityFinding`, as its viewer sees it. */
export const toSecurityFinding = (finding: SecurityFinding, viewer: SessionViewer): SecurityFindingType => ({
  ...finding,
  subject: finding.subject && toSubject(finding.subject, viewer),
});

function toSubject(subject: FindingSubject, viewer: SessionViewer): NodeType {
  switch (subject.type) {
    case 'ACCESS_TOKEN':
      return toAccessToken(subject.row);
    case 'API_TOKEN':
      return toApiToken(subject.row);
    case 'CALL_KEY':
      return toCallKey(subject.row);
    case 'SESSION':
      return toSession(subject.row, viewer);
  }
}
