import { createContext, use } from 'react';

/** Lets the user confirm their identity. */
export interface StepUp {
  /** Opens the dialog. @returns true when the identity is confirmed, false when the dialog is canceled */
  readonly confirmIdentity: () => Promise<boolean>;
}

export const StepUpContext = createContext<StepUp | null>(null);

/** The step-up dialog of the web app. */
export function useStepUp(): StepUp {
  const stepUp = use(StepUpContext);
  if (!stepUp) throw new Error('useStepUp needs a StepUpProvider.');
  return stepUp;
}
