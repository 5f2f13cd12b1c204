import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { takeCoverage } from 'node:v8';
import circus from 'jest-circus/runner';
import { setGlobals } from './globals.js';
import { loadTypeScript, sourceMaps } from './modules.js';

const require = createRequire(import.meta.url);

let prepared;

/** Where Jest's test framework stores the state of one test file on the globals. */
const ofOneFile = ['EVENT_HANDLERS', 'TEST_TIMEOUT_SYMBOL'].map((name) => Symbol.for(name));

/** The part of Jest's own object that works without its module system. */
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
 * Runs a test file with Jest's test framework, in the worker's own realm and module system. Jest would create both per
 * file, where linking modules and starting the embedded database take several times as long as the tests. Each file has
 * its own database, servers and framework state; modules are loaded once per worker.
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
  const result = await circus.default(globalConfig, config, environment, ownRealm, testPath, sendMessageToJest);
  // Jest ends a worker before Node.js has written the coverage of a whole suite.
  if (process.env.NODE_V8_COVERAGE) takeCoverage();
  return result;
}
