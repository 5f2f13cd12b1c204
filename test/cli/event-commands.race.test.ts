import { describe } from '@jest/globals';
import { describeEventCommands } from './event-commands.js';
import { openPostgresqlInstallation } from './installation.js';

describe('on PostgreSQL', () => describeEventCommands(openPostgresqlInstallation));
