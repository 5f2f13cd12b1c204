import { toDataURL, toString } from 'qrcode';

/** The image format of a QR code: SVG is sharp at any size, PNG is displayed everywhere. */
export type QrFormat = 'SVG' | 'PNG';

/** Margin in modules (ISO/IEC 18004 requires four), and error correction (M: the code survives 15 % damage). */
const OPTIONS = { margin: 4, errorCorrectionLevel: 'M' } as const;

/** Draws a QR code as a data URI in this process, so that no other server sees what it contains. */
export async function renderQrCode(text: string, format: QrFormat): Promise<string> {
  if (format === 'PNG') return toDataURL(text, { ...OPTIONS, type: 'image/png' });
  const svg = await toString(text, { ...OPTIONS, type: 'svg' });
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
