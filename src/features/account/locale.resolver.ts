import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { viewerOf, type Context } from '../../graphql-kit/context.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import type { Locale } from '../../text/locale.js';
import { setLocale } from './set-locale.js';
import { LocaleEnum, UserType, toUser } from './user.type.js';

@InputType({ description: 'A language.' })
class SetLocaleInput {
  @Field(() => LocaleEnum, { description: 'The language of mails from now on.' })
  locale!: Locale;
}

@ObjectType({ description: 'The answer of setLocale.', simpleResolvers: true })
class SetLocalePayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The person.' })
  user?: UserType;
}

@Resolver()
export class LocaleResolver {
  @Auth()
  @Mutation(() => SetLocalePayload, { nullable: true, description: 'Chooses the language of mails to the person.' })
  async setLocale(
    @Arg('input', () => SetLocaleInput, { description: 'The language.' }) { locale }: SetLocaleInput,
    @Ctx() context: Context,
  ): Promise<SetLocalePayload> {
    const viewer = viewerOf(context);
    await setLocale(context, viewer, locale);
    return { user: toUser(viewer.accountId, { ...viewer, locale }) };
  }
}
