import { describe } from '@jest/globals';
import { describeDoctor } from './doctor-command.js';
import { openEmbeddedInstallation } from './installation.js';

describe('on the embedded database', () => describeDoctor(openEmbeddedInstallation));
