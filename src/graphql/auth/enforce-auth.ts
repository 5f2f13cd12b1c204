import { MapperKind, getDirective, mapSchema } from '@graphql-tools/utils';
import { defaultFieldResolver, isNonNullType, type GraphQLFieldConfig, type GraphQLSchema } from 'graphql';
import { isAdministrator, satisfiesRole } from '../../rules/role.js';
import { isSteppedUp, skippedSecondFactor } from '../../features/session/session-lifetime.js';
import { authDefaults, type AuthRule } from '../../graphql-kit/auth-directive.js';
import type { Context } from '../../graphql-kit/context.js';
import type { ServiceScope } from '../../rules/service-scope.js';
import type { Viewer } from '../../rules/viewer.js';
import { topLevelError, type TopLevelCode } from '../../graphql-kit/errors.js';
import { factorAddingFields } from './factor-adding-fields.js';
import { fieldsWithoutSecondFactor } from './fields-without-second-factor.js';
import { fieldsWithoutScope, hasOwnScope, isWithinScopes, needsScope } from './token-access.js';
import { publicFields, publicFieldsForTokens, publicFieldsOfFederation } from './public-fields.js';
import { getServiceScope } from './service-access.js';

/** The guarded fields whose type is fixed: by the Apollo Federation subgraph specification. */
const nonNullFields: ReadonlySet<string> = new Set(['Query._entities']);

/** A rule as it is enforced for one field. */
interface FieldRule extends AuthRule {
  /** Whether the field adds a second factor. */
  readonly addsFactor?: boolean;
  /** Whether a session that skipped the second factor can use it. */
  readonly allowsSkippedFactor?: boolean;
  /** Whether every token reaches the field, whatever its scopes. */
  readonly needsNoScope?: boolean;
  /** What the token of a SERVICE account needs, if the field is for these accounts. */
  readonly serviceScope?: ServiceScope | null;
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
  if (rule.requires === 'SERVICE') return hasServiceScope(rule, viewer) ? null : 'FORBIDDEN';
  const isOwn = isSelf || !isAdministrator(rule.requires);
  if (viewer.credential === 'API_TOKEN' && !rule.needsNoScope && !isWithinScopes(rule, viewer, isOwn))
    return 'FORBIDDEN';
  // An administrator's scope reads the own account as one of all accounts.
  const usesAdministration =
    isAdministrator(rule.requires) && (!isSelf || (viewer.credential === 'API_TOKEN' && !hasOwnScope(rule, viewer)));
  if (usesAdministration && lacksSecondFactor({ viewer, config })) return 'TWO_FACTOR_REQUIRED';
  const hasSkippedFactor = viewer.credential === 'SESSION' && skippedSecondFactor(viewer);
  if (hasSkippedFactor && rule.allowsSkippedFactor === false) return 'STEP_UP_REQUIRED';
  return rule.stepUp && (viewer.credential !== 'SESSION' || !isSteppedUp({ config, now }, viewer, rule.addsFactor))
    ? 'STEP_UP_REQUIRED'
    : null;
}

/** Whether a SERVICE account's token has the scope of a field for these accounts. */
const hasServiceScope = ({ serviceScope = null }: FieldRule, viewer: Viewer): boolean =>
  viewer.credential === 'API_TOKEN' && serviceScope !== null && viewer.serviceScopes.includes(serviceScope);

/** Whether administration requires a second factor that the account lacks or this session skipped. */
function lacksSecondFactor({ viewer, config }: { viewer: Viewer } & Pick<Context, 'config'>): boolean {
  if (!isAdministrator(viewer.role)) return false;
  if (viewer.credential === 'SESSION' && skippedSecondFactor(viewer)) return true;
  return config.twoFactorRequiredFor.includes(viewer.role) && viewer.twoFactorEnabledAt === null;
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
        if (rootTypes.includes(typeName) && !publicFields.has(name) && !publicFieldsOfFederation.has(name))
          throw new Error(`${name} has no @auth and is not on the reviewed list of public fields`);
        return publicFields.has(name) && !publicFieldsForTokens.has(name) ? denyApiTokens(field) : field;
      }
      if (publicFields.has(name)) throw new Error(`${name} has @auth and is also on the list of public fields`);
      if (isNonNullType(field.type) && !nonNullFields.has(name))
        throw new Error(
          `${name} is guarded, so it must be nullable: a caller without access gets null only for this field`,
        );
      const rule: AuthRule = { ...authDefaults, ...authArguments };
      if (needsScope(name, rule))
        throw new Error(`${name} accepts tokens, so it needs a scope, an adminScope, or requires: SERVICE`);
      return guardField(field, {
        ...rule,
        addsFactor: factorAddingFields.has(name),
        needsNoScope: fieldsWithoutScope.has(name),
        serviceScope: getServiceScope(name, rule),
        allowsSkippedFactor: typeName !== rootTypes[1] || fieldsWithoutSecondFactor.has(name),
      });
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
