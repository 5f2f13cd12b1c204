import { createContext, use } from 'react';
import type { FactorKind } from '../form/factor.js';

/** What the user confirmed their identity with. */
export interface Confirmation {
  /** Null if a passkey stood for it. */
  readonly password: string | null;
  /** The second factor, which is consumed. Null if there was none. */
  readonly factor: FactorKind | null;
}

/** Lets the user confirm their identity. */
export interface StepUp {
  /** Opens the dialog. @returns null if the user canceled it */
  readonly confirmIdentity: () => Promise<Confirmation | null>;
  /** Whether the user did so since the page was loaded. */
  readonly hasConfirmed: boolean;
}

/** Outside of the views of a signed-in user, there is no identity to confirm. */
export const StepUpContext = createContext<StepUp>({
  confirmIdentity: () => Promise.resolve(null),
  hasConfirmed: false,
});

/** The step-up dialog of the web app. */
export const useStepUp = (): StepUp => use(StepUpContext);
