import { registerEnumType } from 'type-graphql';

/** Creates a GraphQL enum from values and their descriptions. Use the result in `@Field(() => X)`. */
export function graphqlEnum<Value extends string>(
  name: string,
  description: string,
  descriptions: Readonly<Record<Value, string>>,
): Record<Value, Value> {
  const values = Object.fromEntries(Object.keys(descriptions).map((value) => [value, value])) as Record<Value, Value>;
  const valuesConfig = Object.fromEntries(
    Object.entries<string>(descriptions).map(([value, description]) => [value, { description }]),
  );
  registerEnumType(values, { name, description, valuesConfig: valuesConfig as Record<Value, { description: string }> });
  return values;
}
