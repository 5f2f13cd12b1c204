import { useEffect, useMemo, useState } from 'react';
import { graphql } from '../api/graphql.js';
import { useAction, type Refusal } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { FactorField } from '../form/factor-field.js';
import { FACTOR_NAME, factorIn } from '../form/factor.js';
import { Form } from '../form/form.js';
import type { Typed } from '../form/typed.js';
import { useWords } from '../language/language.js';
import { useSession } from '../session/viewer.js';
import { Front } from './front.js';

const VerifySecondFactor = graphql(`
  mutation VerifySecondFactor($input: VerifySecondFactorInput!) {
    verifySecondFactor(input: $input) { user { id } backupCodesLeft userErrors { code field message } }
  }
`);

/**
 * Whatever is refused here is the code's fault: the password was right, and a challenge that is over ends this step.
 */
const ofTheCode = (refusal: Refusal): Refusal =>
  refusal.code === 'INVALID_CREDENTIALS' ? { ...refusal, code: 'INVALID_CODE', field: [FACTOR_NAME] } : refusal;

/** So many wrong codes end a challenge, and so much time (in ms). */
const ATTEMPTS = 5;
const LIFETIME_MS = 5 * 60_000;

interface SecondFactorProps {
  readonly challenge: string;
  /** Goes back to the password; `isOver`: because the challenge is. */
  readonly onStartOver: (isOver: boolean) => void;
}

/** The second step of a sign-in: a code of the app, or a backup code. */
export function SecondFactor({ challenge, onStartOver }: SecondFactorProps) {
  const words = useWords();
  const announce = useAnnounce();
  const { changed } = useSession();
  const verify = useAction(VerifySecondFactor);
  const refusals = useMemo(() => verify.refusals.map(ofTheCode), [verify.refusals]);
  const isRefused = refusals.some(({ code }) => code === 'INVALID_CODE');
  /** How many codes were refused: neither a network that failed nor a limit is one. */
  const [refused, setRefused] = useState({ last: verify.refusals, codes: 0 });
  if (refused.last !== verify.refusals)
    setRefused({ last: verify.refusals, codes: refused.codes + (isRefused ? 1 : 0) });
  // By this browser's clock alone, which need not be the server's.
  const [begunAt] = useState(Date.now);
  // A challenge that is over is refused like a wrong code, so that nobody learns which it was.
  useEffect(() => {
    if (isRefused && (refused.codes >= ATTEMPTS || Date.now() - begunAt > LIFETIME_MS)) onStartOver(true);
  }, [isRefused, refused.codes, begunAt, onStartOver]);
  const submit = async (form: Typed) => {
    const factor = factorIn(form);
    const payload = factor && (await verify.run({ input: { challenge, factor } }));
    if (!payload) return;
    if (factor.backupCode && typeof payload.backupCodesLeft === 'number')
      announce(words.signIn.fewCodes(payload.backupCodesLeft));
    changed();
  };
  return (
    <Front title={words.signIn.factorTitle} explanation={words.signIn.factorExplanation}>
      <Form
        action={{ ...verify, refusals }}
        onSubmit={submit}
        submit={words.signIn.verify}
        onCancel={() => onStartOver(false)}
      >
        <FactorField autoFocus />
      </Form>
      <p className="front-other">{words.signIn.lostBoth}</p>
    </Front>
  );
}
