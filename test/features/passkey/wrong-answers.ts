import type { AuthenticatorState, SoftwareAuthenticator } from '../../support/software-authenticator.js';

type Assertion = ReturnType<SoftwareAuthenticator['answer']>;

/** A way to answer wrongly: a change before the signature, or after it. */
interface WrongAnswer {
  readonly before?: (state: AuthenticatorState) => void;
  readonly after?: (response: Assertion) => unknown;
}

const flip = (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;

/** Wrong answers to any request. None is accepted as a sign-in or as a factor. */
export const wrongAnswers: Readonly<Record<string, WrongAnswer>> = {
  'from another origin': { before: (state) => (state.origin = 'https://evil.example') },
  'from another port': { before: (state) => (state.origin = 'http://localhost:4001') },
  'for another RP ID': { before: (state) => (state.rpId = 'evil.example') },
  'of the type of a registration': { before: (state) => (state.type = 'webauthn.create') },
  'to another challenge': { before: (state) => (state.challenge = flip(state.challenge)) },
  'from a frame in another page': { before: (state) => (state.crossOrigin = true) },
  'without a present user': { before: (state) => (state.userPresent = false) },
  'with a counter that did not rise': { before: (state) => (state.counter = 1) },
  'with a changed flag of backup eligibility': { before: (state) => (state.backupEligible = true) },
  'backed up without being eligible': { before: (state) => (state.backedUp = true) },
  'with another signature': {
    after: (answer) => ({
      ...answer,
      response: { ...answer.response, signature: flip(answer.response.signature) },
    }),
  },
  'with the user handle of another account': {
    after: (answer) => ({
      ...answer,
      response: { ...answer.response, userHandle: flip(answer.response.userHandle ?? '') },
    }),
  },
  'of an unknown passkey': { after: (answer) => ({ ...answer, id: flip(answer.id), rawId: flip(answer.id) }) },
  'with another raw ID': { after: (answer) => ({ ...answer, rawId: flip(answer.id) }) },
  'without a response': { after: ({ id, rawId, type }) => ({ id, rawId, type }) },
  'that is no object': { after: () => 'passkey' },
  'that is a list': { after: () => [] },
  'with client data that is no JSON': {
    after: (answer) => ({ ...answer, response: { ...answer.response, clientDataJSON: 'AAAA' } }),
  },
  'with authenticator data of one byte': {
    after: (answer) => ({ ...answer, response: { ...answer.response, authenticatorData: 'AA' } }),
  },
};

/** A wrong answer to the options of a request. */
export const answerWrongly = (
  authenticator: SoftwareAuthenticator,
  options: unknown,
  { before, after = (answer) => answer }: WrongAnswer,
): unknown => after(authenticator.answer(options, before));
