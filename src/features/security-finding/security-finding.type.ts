import { Field, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import type { SecurityFinding, SecurityFindingCode, Severity } from './security-findings.js';

const SecurityFindingCodeEnum = graphqlEnum<SecurityFindingCode>(
  'SecurityFindingCode',
  'What makes an account less secure.',
  {
    NO_EMAIL: 'No email address is bound.',
    TWO_FACTOR_OFF: 'Two-factor authentication is off.',
    FEW_BACKUP_CODES: 'Three or fewer backup codes are left.',
    PASSWORD_COMMON: 'The password is easy to guess. Only the owner sees this finding.',
    API_TOKEN_UNUSED: 'The API token hasn’t been used for 90 days.',
    CALL_KEY_UNUSED: 'A usable call key hasn’t been used for 90 days.',
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
export class SecurityFindingType implements SecurityFinding {
  @Field(() => SecurityFindingCodeEnum, { description: 'The finding, for programs.' })
  code!: SecurityFindingCode;

  @Field(() => SeverityEnum, { description: 'How important the finding is.' })
  severity!: Severity;

  @Field(() => String, { description: 'What was found and what to do, in the caller’s language.' })
  message!: string;

  @Field(() => String, { description: 'The mutation that resolves the finding.' })
  mutation!: string;
}
