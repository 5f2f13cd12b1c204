import { MapperKind, getDirective, mapSchema } from '@graphql-tools/utils';
import { defaultFieldResolver, isNonNullType, type GraphQLFieldConfig, type GraphQLSchema } from 'graphql';
import { isAdministrator, satisfiesRole } from '../../rules/role.js';
import { isSteppedUp } from '../../features/session/session-lifetime.js';
import { authDefaults, type AuthRule } from '../../graphql-kit/auth-directive.js';
import type { Context } from '../../graphql-kit/context.js';
import { topLevelError, type TopLevelCode } from '../../graphql-kit/errors.js';
import { factorAddingFields } from './factor-adding-fields.js';
import { publicFields, publicFieldsForTokens } from './public-fields.js';

/** A rule as it is enforced for one field. */
interface FieldRule extends AuthRule {
  /** Whether the field adds a second factor. */
  readonly addsFactor?: boolean;
}

/**
 * The error code if the rule denies this viewer a field of an object that belongs to `ownerId`; null if it allows it
 * (R-61, R-62, R-70, R-74).
 */
export function findDenial(
  rule: FieldRule,
  { viewer, config, now }: Pick<Context, 'viewer' | 'config' | 'now'>,
  ownerId: string | undefined,
): TopLevelCode | null {
  if (viewer === null) return 'UNAUTHENTICATED';
  if (!rule.accepts.includes(viewer.credential)) return 'FORBIDDEN';
  const isSelf = rule.orSelf && ownerId === viewer.accountId;
  if (!isSelf && !satisfiesRole(viewer.role, rule.requires)) return 'FORBIDDEN';
  const usesAdministration = !isSelf && isAdministrator(rule.requires);
  if (usesAdministration && viewer.credential !== 'SESSION') return 'FORBIDDEN';
  if (
    usesAdministration &&
    isAdministrator(viewer.role) &&
    config.twoFactorRequiredFor.includes(viewer.role) &&
    viewer.twoFactorEnabledAt === null
  )
    return 'TWO_FACTOR_REQUIRED';
  return rule.stepUp && (viewer.credential !== 'SESSION' || !isSteppedUp({ config, now }, viewer, rule.addsFactor))
    ? 'STEP_UP_REQUIRED'
    : null;
}

/** Throws if the rule denies this viewer a field of an object that belongs to `ownerId`. */
export function authorize(rule: FieldRule, context: Context, ownerId: string | undefined): void {
  const denial = findDenial(rule, context, ownerId);
  if (denial !== null) throw topLevelError(denial);
}

type Field = GraphQLFieldConfig<{ accountId?: string } | undefined, Context>;

/**
 * Enforces `@auth` on every field that has it. Refuses to build a schema with a root field that neither has it nor is
 * on the reviewed list of public fields.
 */
export function enforceAuth(schema: GraphQLSchema): GraphQLSchema {
  const rootTypes = [schema.getQueryType()?.name, schema.getMutationType()?.name];
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field: Field, fieldName, typeName) => {
      const [authArguments] = getDirective(schema, field, 'auth') ?? [];
      const name = `${typeName}.${fieldName}`;
      if (!authArguments) {
        if (rootTypes.includes(typeName) && !publicFields.has(name))
          throw new Error(`${name} has no @auth and is not on the reviewed list of public fields`);
        return publicFields.has(name) && !publicFieldsForTokens.has(name) ? denyApiTokens(field) : field;
      }
      if (publicFields.has(name)) throw new Error(`${name} has @auth and is also on the list of public fields`);
      if (isNonNullType(field.type))
        throw new Error(
          `${name} is guarded, so it must be nullable: a caller without access gets null only for this field`,
        );
      return guardField(field, { ...authDefaults, ...authArguments, addsFactor: factorAddingFields.has(name) });
    },
  });
}

/** A public field that API tokens can't use: they reach only what they were granted. */
function denyApiTokens(field: Field): Field {
  const { resolve = defaultFieldResolver } = field;
  return {
    ...field,
    resolve: (object, values, context, info) => {
      if (context.viewer?.credential === 'API_TOKEN') throw topLevelError('FORBIDDEN');
      return resolve(object, values, context, info);
    },
  };
}

function guardField(field: Field, rule: FieldRule): Field {
  const { resolve = defaultFieldResolver } = field;
  return {
    ...field,
    resolve: (object, values, context, info) => {
      authorize(rule, context, object?.accountId);
      return resolve(object, values, context, info);
    },
  };
}
