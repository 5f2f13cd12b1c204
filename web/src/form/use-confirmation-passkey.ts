import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { usePasskey, type PasskeyRequest } from './use-passkey.js';

const StartPasskeyConfirmation = graphql(`
  mutation StartPasskeyConfirmation { startPasskeyConfirmation { options userErrors { code field message } } }
`);

/** A passkey of the signed-in user, as a factor in this session. */
export function useConfirmationPasskey(): PasskeyRequest {
  const start = useAction(StartPasskeyConfirmation);
  return usePasskey({ getOptions: async () => (await start.run({}))?.options, action: start });
}
