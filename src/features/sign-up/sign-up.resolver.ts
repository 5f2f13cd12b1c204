import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { getSessionViewer, type Context } from '../../graphql-kit/context.js';
import { completeSetup } from './complete-setup.js';
import { register } from './register.js';
import {
  CompleteSetupInput,
  CompleteSetupPayload,
  RegisterInput,
  RegisterPayload,
  toSignUpPayload,
} from './sign-up.type.js';

@Resolver()
export class SignUpResolver {
  @Mutation(() => CompleteSetupPayload, {
    nullable: true,
    description: 'Creates the first ROOT with the one-time setup token and signs them in. Works once.',
  })
  async completeSetup(
    @Arg('input', () => CompleteSetupInput, { description: 'The setup token and the new account.' })
    input: CompleteSetupInput,
    @Ctx() context: Context,
  ): Promise<CompleteSetupPayload> {
    return toSignUpPayload(context, await completeSetup(context, getSessionViewer(context), input), input.delivery);
  }

  @Mutation(() => RegisterPayload, {
    nullable: true,
    description: 'Creates an account and signs in, if sign-up is open.',
  })
  async register(
    @Arg('input', () => RegisterInput, { description: 'The new account.' }) input: RegisterInput,
    @Ctx() context: Context,
  ): Promise<RegisterPayload> {
    return toSignUpPayload(context, await register(context, getSessionViewer(context), input), input.delivery);
  }
}
