import { appendFileSync } from 'node:fs';

/** Adds each suite's counts to the file that `TEST_COUNTS` names, one line a run; CI adds the lines up. */
export default class CountReporter {
  onRunComplete(
    _contexts,
    { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites },
  ) {
    const file = process.env.TEST_COUNTS;
    if (file)
      appendFileSync(
        file,
        `${numPassedTests} ${numFailedTests + numRuntimeErrorTestSuites} ${numPendingTests + numTodoTests}\n`,
      );
  }
}
