import { writeFileSync } from 'node:fs';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { declareSchema } from './schema.js';

/** Writes `schema.graphql`: the public schema with its directives, for clients and reviewers. */
writeFileSync('schema.graphql', `${printSchemaWithDirectives(declareSchema())}\n`);
