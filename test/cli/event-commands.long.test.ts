import { describe } from '@jest/globals';
import { describeEventCommands } from './event-commands.js';
import { openEmbeddedInstallation } from './installation.js';

describe('on the embedded database', () => describeEventCommands(openEmbeddedInstallation));
