import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, isEnumType, isInterfaceType, isInputObjectType, isObjectType, type GraphQLSchema } from 'graphql';

/** The section of CHANGELOG.md about what is not released yet. */
const unreleased = (changelog: string): string =>
  changelog.split(/^## /m).find((part) => /^\[Unreleased\]/.test(part)) ?? '';

interface Deprecatable {
  readonly deprecationReason?: string | null | undefined;
}

/** The parts of a type that can be deprecated, by name. */
function partsOf(schema: GraphQLSchema, typeName: string): Readonly<Record<string, Deprecatable>> {
  const type = schema.getType(typeName);
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) return type.getFields();
  return isEnumType(type) ? Object.fromEntries(type.getValues().map((value) => [value.name, value])) : {};
}

/** Whether a schema coordinate, such as `User.email`, is deprecated; a type is if all of its parts are. */
function isDeprecated(schema: GraphQLSchema, coordinate: string): boolean {
  const [typeName = '', partName] = coordinate.split('.');
  const parts = partsOf(schema, typeName);
  const named = partName === undefined ? Object.values(parts) : [parts[partName]];
  return named.length > 0 && named.every((part) => Boolean(part?.deprecationReason));
}

/**
 * The changes that break clients of the released schema and were not announced: what changes must have been
 * `@deprecated` in a release, and CHANGELOG.md must name it under "Unreleased", in backticks.
 *
 * @returns a sentence for each
 */
export async function findUnannouncedChanges(
  released: string,
  current: string,
  changelog: string,
): Promise<readonly string[]> {
  const before = buildSchema(released);
  const changes = await diff(before, buildSchema(current));
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .flatMap(({ message, path = '' }) => [
      ...(isDeprecated(before, path) ? [] : [`${message}: ${path} was not @deprecated in a release.`]),
      ...(unreleased(changelog).includes(`\`${path}\``) ? [] : [`${message}: CHANGELOG.md doesn’t name \`${path}\`.`]),
    ]);
}
