import { Field, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import type { SecurityFinding, SecurityFindingCode, Severity } from './security-findings.js';

const SecurityFindingCodeEnum = graphqlEnum<SecurityFindingCode>(
  'SecurityFindingCode',
  'What would make an account safer.',
  {
    NO_EMAIL: 'No email address is bound.',
    TWO_FACTOR_OFF: 'Two-factor authentication is off.',
    FEW_BACKUP_CODES: 'Three backup codes or fewer are left.',
    PASSWORD_COMMON: 'The password is one that attackers try first. The person alone sees this.',
    API_TOKEN_UNUSED: 'The API token was not used for 90 days.',
    CALL_KEY_UNUSED: 'A call key that still works was not used for 90 days.',
    STALE_SESSION: 'A session was not used for two days and is still open.',
  },
);

const SeverityEnum = graphqlEnum<Severity>('Severity', 'How urgent a finding is.', {
  HIGH: 'Mend it now.',
  MEDIUM: 'Mend it soon.',
  LOW: 'Look at it some time.',
});

@ObjectType('SecurityFinding', { description: 'Something that would make an account safer.', simpleResolvers: true })
export class SecurityFindingType implements SecurityFinding {
  @Field(() => SecurityFindingCodeEnum, { description: 'What was found, for programs.' })
  code!: SecurityFindingCode;

  @Field(() => SeverityEnum, { description: 'How urgent it is.' })
  severity!: Severity;

  @Field(() => String, { description: 'What was found and what to do, in words and in the caller’s language.' })
  message!: string;

  @Field(() => String, { description: 'The mutation that mends it.' })
  mutation!: string;
}
