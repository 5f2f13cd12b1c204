// Writes the generated tables in docs/: `npm run docs`.
import { writeFileSync } from 'node:fs';
import { generatedDocs } from './docs-tables.js';

for (const { file, content } of generatedDocs()) writeFileSync(file, content);
