import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireViewer, type Context } from '../../graphql-kit/context.js';
import { fromGlobalId, toGlobalId } from '../../rules/global-id.js';
import { CallKeyVerificationType, toCallKeyVerification } from './call-key-verification.type.js';
import {
  CreateCallKeyInput,
  DeleteCallKeysInput,
  EndCallKeyGraceInput,
  RotateCallKeyInput,
  UpdateCallKeyInput,
} from './call-key-inputs.type.js';
import {
  CreateCallKeyPayload,
  DeleteCallKeysPayload,
  EndCallKeyGracePayload,
  RotateCallKeyPayload,
  UpdateCallKeyPayload,
  toIssuedCallKey,
} from './call-key-payloads.type.js';
import { toCallKey } from './call-key.type.js';
import { createCallKey } from './create-call-key.js';
import { deleteCallKeys } from './delete-call-keys.js';
import { endCallKeyGrace } from './end-call-key-grace.js';
import { rotateCallKey } from './rotate-call-key.js';
import { updateCallKey } from './update-call-key.js';
import { verifyCallKey } from './verify-call-key.js';

@Resolver()
export class CallKeyResolver {
  @Auth({ requires: 'SERVICE', accepts: ['API_TOKEN'] })
  @Query(() => CallKeyVerificationType, {
    nullable: true,
    description: 'For gateways: checks whether a call key may make a call now.',
  })
  async verifyCallKey(
    @Arg('key', () => String, { description: 'The key as the client sent it.' }) key: string,
    @Arg('model', () => String, { nullable: true, description: 'The model to call.' })
    model: string | null,
    @Arg('ip', () => String, { nullable: true, description: 'The IP address of the client.' })
    ip: string | null,
    @Ctx() context: Context,
  ): Promise<CallKeyVerificationType> {
    return toCallKeyVerification(await verifyCallKey(context, { key, model, ip }));
  }

  @Auth({ accepts: ['SESSION', 'API_TOKEN'], scope: 'KEYS_WRITE' })
  @Mutation(() => CreateCallKeyPayload, {
    nullable: true,
    description: 'Creates a call key and returns its secret, which is shown only once.',
  })
  async createCallKey(
    @Arg('input', () => CreateCallKeyInput, { description: 'The settings of the new key.' })
    input: CreateCallKeyInput,
    @Ctx() context: Context,
  ): Promise<CreateCallKeyPayload> {
    return toIssuedCallKey(await createCallKey(context, requireViewer(context), input));
  }

  @Auth({ accepts: ['SESSION', 'API_TOKEN'], scope: 'KEYS_WRITE' })
  @Mutation(() => UpdateCallKeyPayload, {
    nullable: true,
    description: 'Updates a call key of the caller. Only the given fields change; null clears a field.',
  })
  async updateCallKey(
    @Arg('input', () => UpdateCallKeyInput, { description: 'The call key and its changes.' })
    { id, ...settings }: UpdateCallKeyInput,
    @Ctx() context: Context,
  ): Promise<UpdateCallKeyPayload> {
    const callKey = await updateCallKey(context, requireViewer(context), fromGlobalId('CallKey', id), settings);
    return { callKey: toCallKey(callKey) };
  }

  @Auth({ accepts: ['SESSION', 'API_TOKEN'], scope: 'KEYS_WRITE' })
  @Mutation(() => RotateCallKeyPayload, {
    nullable: true,
    description:
      'Replaces the secret of a call key and returns the new one, which is shown only once. The old secret keeps working during the grace period.',
  })
  async rotateCallKey(
    @Arg('input', () => RotateCallKeyInput, { description: 'The call key and the grace period.' })
    { id, graceHours }: RotateCallKeyInput,
    @Ctx() context: Context,
  ): Promise<RotateCallKeyPayload> {
    return toIssuedCallKey(
      await rotateCallKey(context, requireViewer(context), fromGlobalId('CallKey', id), graceHours),
    );
  }

  @Auth({ accepts: ['SESSION', 'API_TOKEN'], scope: 'KEYS_WRITE' })
  @Mutation(() => EndCallKeyGracePayload, {
    nullable: true,
    description: 'Ends the grace period of a rotated call key. Its old secret stops working immediately.',
  })
  async endCallKeyGrace(
    @Arg('input', () => EndCallKeyGraceInput, { description: 'The call key.' }) { id }: EndCallKeyGraceInput,
    @Ctx() context: Context,
  ): Promise<EndCallKeyGracePayload> {
    return { callKey: toCallKey(await endCallKeyGrace(context, requireViewer(context), fromGlobalId('CallKey', id))) };
  }

  @Auth({ accepts: ['SESSION', 'API_TOKEN'], scope: 'KEYS_WRITE' })
  @Mutation(() => DeleteCallKeysPayload, {
    nullable: true,
    description: 'Deletes call keys of the caller. They stop working immediately.',
  })
  async deleteCallKeys(
    @Arg('input', () => DeleteCallKeysInput, { description: 'The call keys.' }) { ids }: DeleteCallKeysInput,
    @Ctx() context: Context,
  ): Promise<DeleteCallKeysPayload> {
    const callKeyIds = ids.flatMap((id) => fromGlobalId('CallKey', id) ?? []);
    const deleted = await deleteCallKeys(context, requireViewer(context), callKeyIds);
    return { deletedIds: deleted.map((id) => toGlobalId('CallKey', id)) };
  }
}
