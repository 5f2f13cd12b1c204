import { describe } from '@jest/globals';
import { describeDoctor } from './doctor-command.js';
import { openPostgresqlInstallation } from './installation.js';

describe('on PostgreSQL', () => describeDoctor(openPostgresqlInstallation));
