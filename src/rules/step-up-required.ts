/** The act requires an open step-up window, which depends on what it would change: the caller confirms and retries. */
export class StepUpRequiredError extends Error {}
