import { describe } from '@jest/globals';
import { describeDataCommands } from './data-commands.js';
import { openEmbeddedInstallation } from './installation.js';

describe('on the embedded database', () => describeDataCommands(openEmbeddedInstallation));
