const LINE_BREAK = 0x0a;

/** Replacement characters would make different texts equal, so other encodings are an error. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A line without its break. Its text is null if it is too long or not UTF-8. */
export interface NumberedLine {
  /** From 1. */
  readonly number: number;
  readonly text: string | null;
}

/** Splits a stream into lines, and never holds more than one line of at most this many bytes. */
export async function* splitLines(chunks: AsyncIterable<Buffer>, maximumBytes: number): AsyncGenerator<NumberedLine> {
  let number = 0;
  let parts: Buffer[] = [];
  let bytes = 0;
  const add = (part: Buffer) => {
    bytes += part.length;
    parts = bytes <= maximumBytes ? [...parts, part] : [];
  };
  const end = (): NumberedLine => {
    const text = bytes <= maximumBytes ? decode(Buffer.concat(parts)) : null;
    number += 1;
    parts = [];
    bytes = 0;
    return { number, text };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let stop = chunk.indexOf(LINE_BREAK); stop !== -1; stop = chunk.indexOf(LINE_BREAK, start)) {
      add(chunk.subarray(start, stop));
      yield end();
      start = stop + 1;
    }
    add(chunk.subarray(start));
  }
  if (bytes > 0) yield end();
}

/** Returns null for another encoding. */
function decode(bytes: Buffer): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}
