import { describe } from '@jest/globals';
import { describeAccountCommands } from './account-commands.js';
import { openPostgresqlInstallation } from './installation.js';

describe('on PostgreSQL', () => describeAccountCommands(openPostgresqlInstallation));
