import { createContext, use } from 'react';

/** Lets a person prove again who is at this session. */
export interface StepUp {
  /** Opens the dialog. @returns whether the person proved it; false where they called it off */
  readonly confirmIdentity: () => Promise<boolean>;
}

export const StepUpContext = createContext<StepUp | null>(null);

/** The step-up of this page. */
export function useStepUp(): StepUp {
  const stepUp = use(StepUpContext);
  if (!stepUp) throw new Error('There is no step-up around this.');
  return stepUp;
}
