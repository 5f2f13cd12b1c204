/** One step of a document that a test carries out. */
export type Step = RequestStep | EmailStep | WaitStep;

/** A request with `curl`, and the answer under it. */
export interface RequestStep {
  readonly kind: 'request';
  readonly line: number;
  readonly headers: readonly string[];
  readonly body: string;
  readonly answer: unknown;
}

/** An email that arrives: its recipient, and lines of its text. */
export interface EmailStep {
  readonly kind: 'email';
  readonly line: number;
  readonly to: string;
  readonly lines: readonly string[];
}

/** Time that passes: `<!-- 11 minutes later -->`. */
export interface WaitStep {
  readonly kind: 'wait';
  readonly line: number;
  readonly minutes: number;
}

interface Block {
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

const CURL = /^curl -s http:\/\/localhost:4000\/graphql((?: -H '[^']*')+) -d '([^']*)'$/;
const EMAIL = /^To: (\S+)\n\n([\s\S]+)$/;
const WAIT = /^(\d+) minutes? later$/;

/**
 * The steps of a Markdown document, in its order. Blocks that no step is made of are left out.
 *
 * @throws {Error} for a request without an answer, or one that is written in another way
 */
export function documentedSteps(markdown: string): Step[] {
  const blocks = blocksOf(markdown);
  return blocks.flatMap((block, index): Step[] => {
    const { line, language, text } = block;
    if (language === 'sh' && text.startsWith('curl ')) return [requestOf(block, blocks[index + 1])];
    const [, to, lines = ''] = (language === 'text' && EMAIL.exec(text)) || [];
    if (to) return [{ kind: 'email', line, to, lines: lines.split('\n').filter((each) => each !== '') }];
    const [, minutes] = (language === 'comment' && WAIT.exec(text)) || [];
    return minutes ? [{ kind: 'wait', line, minutes: Number(minutes) }] : [];
  });
}

function requestOf({ line, text }: Block, next: Block | undefined): RequestStep {
  const [, headers = '', body] = CURL.exec(text) ?? [];
  if (body === undefined) throw new Error(`line ${line}: write curl -s http://localhost:4000/graphql -H '…' -d '…'`);
  if (next?.language !== 'json') throw new Error(`line ${line}: the request has no answer under it`);
  return {
    kind: 'request',
    line,
    headers: [...headers.matchAll(/-H '([^']*)'/g)].map(([, header = '']) => header),
    body,
    answer: JSON.parse(next.text),
  };
}

/** Fenced blocks and comments, in their order. */
const blocksOf = (markdown: string): Block[] =>
  [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)\n```$|^<!-- (.*) -->$/gm)].map(
    ({ index, 1: language = 'comment', 2: code, 3: comment = '' }) => ({
      line: markdown.slice(0, index).split('\n').length,
      language,
      text: code ?? comment,
    }),
  );
