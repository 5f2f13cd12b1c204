import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import type { Locale } from '../../text/locale.js';
import { setLocale } from './set-locale.js';
import { LocaleEnum, UserType, toUser } from './user.type.js';

@InputType({ description: 'Input of setLocale.' })
class SetLocaleInput {
  @Field(() => LocaleEnum, { description: 'The language of future emails.' })
  locale!: Locale;
}

@ObjectType({ description: 'The result of setLocale.', simpleResolvers: true })
class SetLocalePayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The updated user.' })
  user?: UserType;
}

@Resolver()
export class LocaleResolver {
  @Auth()
  @Mutation(() => SetLocalePayload, { nullable: true, description: 'Sets the language of emails to the caller.' })
  async setLocale(
    @Arg('input', () => SetLocaleInput, { description: 'The new language.' }) { locale }: SetLocaleInput,
    @Ctx() context: Context,
  ): Promise<SetLocalePayload> {
    const viewer = requireSessionViewer(context);
    await setLocale(context, viewer, locale);
    return { user: toUser(viewer.accountId, { ...viewer, locale }) };
  }
}
