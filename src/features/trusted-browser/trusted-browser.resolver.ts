import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { UserType } from '../account/user.type.js';
import { isTokenOf } from '../../crypto/token.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { fromGlobalId, toGlobalId } from '../../rules/global-id.js';
import { rowsByOwner } from '../../graphql-kit/relay/rows-by-owner.js';
import { findTrustedBrowsersOfAccounts } from './find-trusted-browsers.js';
import { forgetTrustedBrowsers } from './forget-trusted-browsers.js';
import {
  ForgetTrustedBrowsersInput,
  ForgetTrustedBrowsersPayload,
  TrustedBrowserType,
  toTrustedBrowser,
} from './trusted-browser.type.js';

const trustedBrowsers = rowsByOwner(({ reader, now }, accountIds: readonly string[]) =>
  findTrustedBrowsersOfAccounts(reader, { accountIds, now }),
);

@Resolver(() => UserType)
export class TrustedBrowserResolver {
  @Auth({ requires: 'ADMIN', orSelf: true })
  @FieldResolver(() => [TrustedBrowserType], {
    nullable: true,
    description: 'The browsers in which the user skips the second step of a sign-in, last used first.',
  })
  async trustedBrowsers(@Root() { accountId }: UserType, @Ctx() context: Context): Promise<TrustedBrowserType[]> {
    const rows = await trustedBrowsers(context, { accountId });
    return rows.map((row) => toTrustedBrowser(row, context.trustCookie.token));
  }

  @Auth()
  @Mutation(() => ForgetTrustedBrowsersPayload, {
    nullable: true,
    description:
      'Forgets trusted browsers of the caller: the next sign-in there asks for the second factor again. Revokes the sessions that they opened, except the current one. Returns STEP_UP_REQUIRED if the user verified every factor in such a session within the last `stepUpMinutes`, and not in this one.',
  })
  async forgetTrustedBrowsers(
    @Arg('input', () => ForgetTrustedBrowsersInput, { description: 'Which ones.' })
    { ids }: ForgetTrustedBrowsersInput,
    @Ctx() context: Context,
  ): Promise<ForgetTrustedBrowsersPayload> {
    const { trustCookie } = context;
    const known = ids?.map((id) => fromGlobalId('TrustedBrowser', id)).filter((id) => id !== null) ?? null;
    const forgotten = await forgetTrustedBrowsers(context, requireSessionViewer(context), known);
    const { token } = trustCookie;
    if (token !== null && forgotten.some(({ tokenHash }) => isTokenOf(tokenHash, token))) trustCookie.clear();
    return { forgottenIds: forgotten.map(({ id }) => toGlobalId('TrustedBrowser', id)) };
  }
}
