import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { anyViewerOf, type Context } from '../../graphql-kit/context.js';
import { recordUsage } from './record-usage.js';
import { RecordUsageInput, RecordUsagePayload, toUsageEntries } from './record-usage.type.js';

@Resolver()
export class RecordUsageResolver {
  @Auth({ requires: 'SERVICE', accepts: ['API_TOKEN'] })
  @Mutation(() => RecordUsagePayload, {
    nullable: true,
    description:
      'For the gateway: records AI calls and charges them to their call keys. Each counts once, however often it is sent.',
  })
  recordUsage(
    @Arg('input', () => RecordUsageInput, { description: 'The calls.' }) { entries }: RecordUsageInput,
    @Ctx() context: Context,
  ): Promise<RecordUsagePayload> {
    return recordUsage(context, anyViewerOf(context), toUsageEntries(entries));
  }
}
