import { ArgsType, Field, InputType } from 'type-graphql';
import { badUserInput } from '../../graphql-kit/errors.js';
import { PageArgs } from '../../graphql-kit/relay/page.js';
import { CallKeyStatusEnum } from './call-key.type.js';
import type { CallKeyStatus } from './find-call-keys.js';
import type { CallKeySelection } from './list-call-keys.js';

@InputType({ description: 'Which call keys; what is not given limits nothing.' })
class CallKeyFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'A part of the name, in upper or lower case, or the beginning of the hint: at most 64 characters, none of which has a meaning of its own.',
  })
  search?: string | null;

  @Field(() => CallKeyStatusEnum, { nullable: true, description: 'With this status.' })
  status?: CallKeyStatus | null;
}

@ArgsType()
export class CallKeysArgs extends PageArgs {
  @Field(() => CallKeyFilter, { nullable: true, description: 'Which call keys.' })
  filter?: CallKeyFilter | null;
}

/**
 * Reads a filter.
 *
 * @throws {GraphQLError} BAD_USER_INPUT for a search that no name or hint could hold
 */
export function readCallKeyFilter(filter: CallKeyFilter | null | undefined): CallKeySelection {
  const search = filter?.search;
  if (search && !/^[^\p{Cc}\p{Cs}]{1,64}$/u.test(search))
    throw badUserInput('A search has at most 64 characters, and no control characters.');
  return { search: search || null, status: filter?.status ?? null };
}
