import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { splitLines, type NumberedLine } from '../../src/text/split-lines.js';

async function linesOf(chunks: readonly Buffer[], maximumBytes = 1_000): Promise<NumberedLine[]> {
  async function* stream() {
    await Promise.resolve();
    yield* chunks;
  }
  const lines: NumberedLine[] = [];
  for await (const line of splitLines(stream(), maximumBytes)) lines.push(line);
  return lines;
}

const texts = (lines: readonly NumberedLine[]) => lines.map(({ text }) => text);

test('splits lines wherever the stream is cut, also within a character', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' }).filter((text) => !/\n|^\ufeff/.test(text))),
      fc.integer({ min: 1, max: 9 }),
      async (lines, size) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        );
        expect(texts(await linesOf(chunks))).toEqual(lines);
      },
    ),
  );
});

test('numbers lines from 1, and includes a last one without a break', async () => {
  expect(await linesOf([Buffer.from('one\n\nthree')])).toEqual([
    { number: 1, text: 'one' },
    { number: 2, text: '' },
    { number: 3, text: 'three' },
  ]);
});

test('drops the text of a line that is too long, and reads the next one', async () => {
  const chunks = ['abcd\nab', 'cd', 'e\nx'].map((text) => Buffer.from(text));
  expect(texts(await linesOf(chunks, 4))).toEqual(['abcd', null, 'x']);
});

test('reads no text in another encoding than UTF-8', async () => {
  expect(texts(await linesOf([Buffer.from([0xe9, 0x0a]), Buffer.from('é\n')]))).toEqual([null, 'é']);
});
