import { appendFileSync } from 'node:fs';

/** Appends the counts of each run to the file that `TEST_COUNTS` names, one line per run. CI adds them up. */
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
