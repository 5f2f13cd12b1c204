import { describe } from '@jest/globals';
import { describeAccountCommands } from './account-commands.js';
import { openEmbeddedInstallation } from './installation.js';

describe('on the embedded database', () => describeAccountCommands(openEmbeddedInstallation));
