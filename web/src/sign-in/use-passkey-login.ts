import { useState } from 'react';
import { useClient } from 'urql';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import type { FormAction } from '../form/form.js';
import { useMessages } from '../language/language.js';
import { askForPasskey, type PasskeyProblem } from '../form/ask-for-passkey.js';
import { usePasskeyAutofill } from './use-passkey-autofill.js';

const StartPasskeyLogin = graphql(`
  mutation StartPasskeyLogin { startPasskeyLogin { options userErrors { code field message } } }
`);

const LoginWithPasskey = graphql(`
  mutation LoginWithPasskey($input: LoginWithPasskeyInput!) {
    loginWithPasskey(input: $input) { user { id } userErrors { code field message } }
  }
`);

interface PasskeyLoginProps {
  /** Whether passkeys are offered now. */
  readonly isOffered: boolean;
  /** Whether the user wants to stay signed in; read when the passkey answers. */
  readonly getRememberMe: () => boolean;
  readonly onSignedIn: () => void;
}

/** A sign-in with a passkey. */
export interface PasskeyLogin {
  /** Asks the browser for a passkey. */
  readonly start: () => Promise<void>;
  readonly action: FormAction;
}

/** Signs in with a passkey, which the user selects in the browser's dialog or in the field of the username. */
export function usePasskeyLogin({ isOffered, getRememberMe, onSignedIn }: PasskeyLoginProps): PasskeyLogin {
  const { passkeys } = useMessages();
  const client = useClient();
  const begin = useAction(StartPasskeyLogin);
  const login = useAction(LoginWithPasskey);
  const [isAsking, setIsAsking] = useState(false);
  const [problem, setProblem] = useState<PasskeyProblem | null>(null);
  /** Suggestions stop after an answer. A browser that answers alone would repeat a refused one forever. */
  const [hasAnswered, setHasAnswered] = useState(false);
  const isPending = isAsking || begin.isPending || login.isPending;
  const finish = async (response: object) => {
    setProblem(null);
    setHasAnswered(true);
    if (await login.run({ input: { response, rememberMe: getRememberMe() } })) onSignedIn();
  };
  const start = async () => {
    if (isPending) return;
    login.reset();
    setProblem(null);
    setHasAnswered(false);
    setIsAsking(true);
    const options = (await begin.run({}))?.options;
    const answer = options ? await askForPasskey(options, 'as requested') : null;
    setIsAsking(false);
    if (answer?.problem) setProblem(answer.problem);
    if (answer?.response) await finish(answer.response);
  };
  usePasskeyAutofill({
    isOn: isOffered && !isPending && !hasAnswered,
    // A background request: its failure is no news, since the button tells it.
    getOptions: async () => (await client.mutation(StartPasskeyLogin, {}).toPromise()).data?.startPasskeyLogin?.options,
    onAnswer: (response) => void finish(response),
  });
  return {
    start,
    action: {
      isPending,
      userErrors: [...begin.userErrors, ...login.userErrors],
      failure: begin.failure ?? login.failure,
      notice: problem && passkeys.problems[problem],
    },
  };
}
