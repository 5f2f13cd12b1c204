import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { Dialog } from '../elements/dialog.js';
import { useMessages } from '../language/language.js';
import { IdentityForm } from './identity-form.js';
import { StepUpContext, type Confirmation } from './step-up.js';

type Resolve = (confirmation: Confirmation | null) => void;

/** Provides the step-up dialog, which opens when an action needs it. */
export function StepUpProvider({ children }: { readonly children: ReactNode }) {
  const [pending, setPending] = useState<Resolve | null>(null);
  const [hasConfirmed, setHasConfirmed] = useState(false);
  const confirmIdentity = useCallback(
    () =>
      new Promise<Confirmation | null>((resolve) => {
        setPending((previous: Resolve | null) => {
          previous?.(null);
          return resolve;
        });
      }),
    [],
  );
  const stepUp = useMemo(() => ({ confirmIdentity, hasConfirmed }), [confirmIdentity, hasConfirmed]);
  const finish = (confirmation: Confirmation | null) => {
    pending?.(confirmation);
    if (confirmation) setHasConfirmed(true);
    setPending(null);
  };
  return (
    <StepUpContext value={stepUp}>
      {children}
      {pending && <StepUpDialog onFinish={finish} />}
    </StepUpContext>
  );
}

function StepUpDialog({ onFinish }: { readonly onFinish: Resolve }) {
  const { stepUp } = useMessages();
  return (
    <Dialog title={stepUp.title} onClose={() => onFinish(null)}>
      <IdentityForm onFinish={onFinish} />
    </Dialog>
  );
}
