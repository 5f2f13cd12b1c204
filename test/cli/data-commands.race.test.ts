import { describe } from '@jest/globals';
import { describeDataCommands } from './data-commands.js';
import { openPostgresqlInstallation } from './installation.js';

describe('on PostgreSQL', () => describeDataCommands(openPostgresqlInstallation));
