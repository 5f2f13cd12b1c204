import { describe } from '@jest/globals';
import { openPostgresqlInstallation } from './installation.js';
import { describeWebhookCommands } from './webhook-commands.js';

describe('on PostgreSQL', () => describeWebhookCommands(openPostgresqlInstallation));
