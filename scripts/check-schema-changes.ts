// Fails if schema.graphql breaks clients of the released schema, and the change was not announced.
import { readFileSync } from 'node:fs';
import { findUnannouncedChanges } from './schema/schema-changes.ts';

const [released, current, changelog] = ['docs/released-schema.graphql', 'schema.graphql', 'CHANGELOG.md'].map((file) =>
  readFileSync(file, 'utf8'),
) as [string, string, string];
const faults = await findUnannouncedChanges(released, current, changelog);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
