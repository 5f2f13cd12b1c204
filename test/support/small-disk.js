// Lets a process under test find no free disk space while the file FULL_WHILE exists. Preloaded with `--import`.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

fs.statfsSync = () => ({ bsize: 4_096, bavail: fs.existsSync(process.env.FULL_WHILE) ? 0 : 1_000_000 });
syncBuiltinESMExports();
