import { useEffect, useState } from 'react';
import { Loading } from '../elements/loading.js';
import { useMessages } from '../language/language.js';
import { AuthLayout } from './auth-layout.js';
import { forgetReturnDestination, mustConfirm, returnTo, type ReturnDestination } from './return-destination.js';
import { IdentityForm } from '../session/identity-form.js';

interface ReturnToServiceProps {
  readonly destination: ReturnDestination;
  /** Called if the user stays here instead. */
  readonly onStay: () => void;
}

/** Sends the signed-in user back to the service that they came from, after a confirmation if it is needed. */
export default function ReturnToService({ destination, onStay }: ReturnToServiceProps) {
  const { stepUp } = useMessages();
  const [confirmsFirst] = useState(() => mustConfirm(destination));
  useEffect(() => {
    if (!confirmsFirst) returnTo(destination);
  }, [confirmsFirst, destination]);
  if (!confirmsFirst)
    return (
      <main className="alone">
        <Loading />
      </main>
    );
  const finish = (isConfirmed: boolean) => {
    if (isConfirmed) return returnTo(destination);
    forgetReturnDestination();
    onStay();
  };
  return (
    <AuthLayout title={stepUp.returnTitle(destination.address.host)}>
      <IdentityForm onFinish={(confirmation) => finish(confirmation !== null)} />
    </AuthLayout>
  );
}
