import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

/**
 * The environment of tests in the worker's own realm (`runner.js`). Jest's settings go to an object of this
 * environment; only fake timers reach the globals, until the file ends.
 */
export default class OwnRealmEnvironment {
  global = { process: Object.create(process), JSON };
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimersModern;

  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
  }

  /** Nothing runs in a separate context. */
  getVmContext() {
    return null;
  }
}
