import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { toGlobalId } from '../../rules/global-id.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { isTokenOf } from '../../crypto/token.js';
import { describeDevice } from '../security-event/device.js';
import type { TrustedBrowserRow } from './find-trusted-browsers.js';

@ObjectType('TrustedBrowser', {
  description: 'A browser in which the user skips the second step of a sign-in.',
  implements: NodeType,
  simpleResolvers: true,
})
export class TrustedBrowserType extends NodeType {
  @Field(() => String, { nullable: true, description: 'The browser and system, e.g. “Firefox on Linux”.' })
  device!: string | null;

  @Field(() => String, { nullable: true, description: 'The IP address from which it was trusted.' })
  ip!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was trusted.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it last skipped the second step, or was trusted.' })
  lastUsedAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When the trust ends. Use does not extend it.' })
  expiresAt!: Date;

  @Field(() => Boolean, { description: 'Whether this is the browser of the request.' })
  current!: boolean;
}

@InputType({ description: 'Input of forgetTrustedBrowsers.' })
export class ForgetTrustedBrowsersInput {
  @Field(() => [ID], {
    nullable: true,
    description: 'The IDs of trusted browsers. Null for all of them. Unknown IDs are ignored.',
  })
  ids?: string[] | null;
}

@ObjectType({ description: 'The result of forgetTrustedBrowsers.', simpleResolvers: true })
export class ForgetTrustedBrowsersPayload extends Payload {
  @Field(() => [ID], { nullable: true, description: 'The IDs of the forgotten browsers.' })
  forgottenIds?: string[];
}

/** Maps a row to a `TrustedBrowser`. @param token the token that the request's browser sent */
export const toTrustedBrowser = (
  { id, tokenHash, createdAt, lastUsedAt, expiresAt, ip, userAgent }: TrustedBrowserRow,
  token: string | null,
): TrustedBrowserType & { __typename: 'TrustedBrowser' } => ({
  __typename: 'TrustedBrowser',
  id: toGlobalId('TrustedBrowser', id),
  device: describeDevice(userAgent),
  ip,
  createdAt,
  lastUsedAt,
  expiresAt,
  current: token !== null && isTokenOf(tokenHash, token),
});
