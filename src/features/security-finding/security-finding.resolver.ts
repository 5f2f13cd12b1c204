import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { UserType } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { SecurityFindingType, toSecurityFinding } from './security-finding.type.js';
import { securityFindingsLoader } from './security-findings.loader.js';

@Resolver(() => UserType)
export class SecurityFindingResolver {
  @Auth({ requires: 'ADMIN', orSelf: true })
  @FieldResolver(() => [SecurityFindingType], {
    nullable: true,
    description:
      'Recommendations to make the account more secure, most important first, each with the mutation that resolves it.',
  })
  async securityFindings(@Root() user: UserType, @Ctx() context: Context): Promise<SecurityFindingType[]> {
    const findings = await securityFindingsLoader(context).load(user.accountId);
    return findings.map((finding) => toSecurityFinding(finding, requireSessionViewer(context)));
  }
}
