import { ArgsType, Field, InputType } from 'type-graphql';
import { badUserInput } from '../../graphql-kit/errors.js';
import { PageArgs } from '../../graphql-kit/relay/page.js';
import { canonicalName } from '../../text/normalize.js';
import { CallKeyStatusEnum } from './call-key.type.js';
import type { CallKeyStatus } from './find-call-keys.js';
import type { CallKeySelection } from './list-call-keys.js';

@InputType({ description: 'Filters call keys. Omitted fields don’t filter.' })
class CallKeyFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Part of the name, case-insensitive, or the start of the hint. At most 64 characters; no character is a wildcard.',
  })
  search?: string | null;

  @Field(() => CallKeyStatusEnum, { nullable: true, description: 'Only call keys with this status.' })
  status?: CallKeyStatus | null;
}

@ArgsType()
export class CallKeysArgs extends PageArgs {
  @Field(() => CallKeyFilter, { nullable: true, description: 'Filters the call keys.' })
  filter?: CallKeyFilter | null;
}

/**
 * Parses a filter.
 *
 * @throws {GraphQLError} BAD_USER_INPUT if no name or hint could contain the search
 */
export function parseCallKeyFilter(filter: CallKeyFilter | null | undefined): CallKeySelection {
  const search = canonicalName(filter?.search ?? '');
  if (search && !/^[^\p{Cc}\p{Cs}]{1,64}$/u.test(search))
    throw badUserInput('Search must be at most 64 characters and can’t contain control characters.');
  return { search: search || null, status: filter?.status ?? null };
}
