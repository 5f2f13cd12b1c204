import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireViewer, type Context } from '../../graphql-kit/context.js';
import { recordUsage } from './record-usage.js';
import { RecordUsageInput, RecordUsagePayload, toUsageEntries } from './record-usage.type.js';

@Resolver()
export class RecordUsageResolver {
  @Auth({ requires: 'SERVICE', accepts: ['API_TOKEN'] })
  @Mutation(() => RecordUsagePayload, {
    nullable: true,
    description:
      'For gateways: records AI calls and charges them to their call keys. Idempotent: a call sent again counts once.',
  })
  recordUsage(
    @Arg('input', () => RecordUsageInput, { description: 'The calls to record.' }) { entries }: RecordUsageInput,
    @Ctx() context: Context,
  ): Promise<RecordUsagePayload> {
    return recordUsage(context, requireViewer(context), toUsageEntries(entries));
  }
}
