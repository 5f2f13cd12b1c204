import { describe } from '@jest/globals';
import { describeFollowCommand } from './follow-command.js';
import { openEmbeddedInstallation } from './installation.js';

describe('on the embedded database', () => describeFollowCommand(openEmbeddedInstallation));
