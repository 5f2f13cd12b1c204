import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import type { Context } from '../../graphql-kit/context.js';
import { CredentialVerificationType, toCredentialVerification } from './credential-verification.type.js';
import { verifyCredential } from './verify-credential.js';

@Resolver()
export class VerifyCredentialResolver {
  @Auth({ requires: 'SERVICE', accepts: ['API_TOKEN'] })
  @Query(() => CredentialVerificationType, {
    nullable: true,
    description:
      'For services of the platform: whose a session token, API token or access token is (RFC 7662 in GraphQL). Needs the service scope CREDENTIALS. Doesn’t count as a use of the credential.',
  })
  async verifyCredential(
    @Arg('credential', () => String, {
      description: 'The credential as the client sent it, or the value of the session cookie.',
    })
    credential: string,
    @Arg('ip', () => String, {
      nullable: true,
      description:
        'The IP address that sent the credential. Without it, an access token that is limited to addresses is refused.',
    })
    ip: string | null,
    @Ctx() context: Context,
  ): Promise<CredentialVerificationType> {
    return toCredentialVerification(await verifyCredential(context, { credential, ip }));
  }
}
