import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import circus from 'jest-circus/runner';
import { setGlobals } from './globals.js';
import { loadTypeScript, sourceMaps } from './modules.js';

const require = createRequire(import.meta.url);

let prepared;

/** Where Jest's test framework keeps, on the globals, what belongs to one test file. */
const ofOneFile = ['EVENT_HANDLERS', 'TEST_TIMEOUT_SYMBOL'].map((name) => Symbol.for(name));

/** Jest's own object, as far as it makes sense without a module system of its own. */
const jestObject = ({ fakeTimersModern, moduleMocker }) => ({
  fn: moduleMocker.fn.bind(moduleMocker),
  spyOn: moduleMocker.spyOn.bind(moduleMocker),
  useFakeTimers: (options) => fakeTimersModern.useFakeTimers(options),
  useRealTimers: () => fakeTimersModern.useRealTimers(),
  advanceTimersByTime: (milliseconds) => fakeTimersModern.advanceTimersByTime(milliseconds),
  getTimerCount: () => fakeTimersModern.getTimerCount(),
  setTimeout: (milliseconds) => {
    globalThis[Symbol.for('TEST_TIMEOUT_SYMBOL')] = milliseconds;
  },
});

/**
 * Runs a test file with Jest's test framework, in the worker's own realm and module system rather than in those that
 * Jest makes for each file: there, linking some thousand modules and starting the embedded database's program take
 * several times as long as the tests. Each file has a database, servers and state of the framework of its own; modules
 * are loaded once for all files of a worker.
 */
export default async function runTestFile(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  await (prepared ??= loadTypeScript(config));
  for (const symbol of ofOneFile) delete globalThis[symbol];
  const ownRealm = {
    requireInternalModule: (path) => {
      delete require.cache[path];
      return require(path);
    },
    requireModule: require,
    setGlobalsForRuntime: (globals) => setGlobals({ ...globals, jest: jestObject(environment) }),
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: async (path) => {
      await import(pathToFileURL(path).href);
      for (const [module, map] of sourceMaps) runtime.getSourceMaps().set(module, map);
    },
    enterTestCode: () => runtime.enterTestCode(),
    leaveTestCode: () => runtime.leaveTestCode(),
  };
  return circus.default(globalConfig, config, environment, ownRealm, testPath, sendMessageToJest);
}
