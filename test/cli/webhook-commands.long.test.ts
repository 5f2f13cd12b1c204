import { describe } from '@jest/globals';
import { openEmbeddedInstallation } from './installation.js';
import { describeWebhookCommands } from './webhook-commands.js';

describe('on the embedded database', () => describeWebhookCommands(openEmbeddedInstallation));
