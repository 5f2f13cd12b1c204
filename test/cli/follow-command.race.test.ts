import { describe } from '@jest/globals';
import { describeFollowCommand } from './follow-command.js';
import { openPostgresqlInstallation } from './installation.js';

describe('on PostgreSQL', () => describeFollowCommand(openPostgresqlInstallation));
