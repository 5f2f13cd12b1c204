import jsQR from 'jsqr';
import { PNG } from 'pngjs';

/** Pixels per module of a drawn SVG. */
const SCALE = 4;

interface Picture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The text that a camera reads in the QR code of a data URI; null when there is none. */
export function readQrCode(dataUri: string): string | null {
  const [type = '', content = ''] = dataUri.split(',');
  const bytes = Buffer.from(content, 'base64');
  const { data, width, height } = type.includes('png') ? PNG.sync.read(bytes) : drawSvg(bytes.toString());
  return jsQR.default(new Uint8ClampedArray(data), width, height)?.data ?? null;
}

/** Draws the dark modules of an SVG: a path of horizontal strokes, each one module high. */
function drawSvg(svg: string): Picture {
  const [, size] = /viewBox="0 0 (\d+) \1"/.exec(svg) ?? [];
  const [, path = ''] = /stroke="#000000" d="([^"]+)"/.exec(svg) ?? [];
  const width = Number(size) * SCALE;
  const data = new Uint8Array(width * width * 4).fill(255);
  let [x, y] = [0, 0];
  for (const [, command, first, second] of path.matchAll(/([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?/g)) {
    const [across, down] = [Number(first), Number(second ?? 0)];
    if (command === 'M') [x, y] = [across, down];
    if (command === 'm') [x, y] = [x + across, y + down];
    if (command !== 'h') continue;
    for (let row = Math.floor(y) * SCALE; row < (Math.floor(y) + 1) * SCALE; row += 1) {
      for (let column = x * SCALE; column < (x + across) * SCALE; column += 1)
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
    }
    x += across;
  }
  return { data, width, height: width };
}
