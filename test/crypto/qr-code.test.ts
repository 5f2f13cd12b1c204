import { expect, test } from '@jest/globals';
import { renderQrCode } from '../../src/crypto/qr-code.js';
import { otpauthUri } from '../../src/crypto/totp.js';
import { readQrCode } from '../support/read-qr-code.js';

const uri = otpauthUri({
  issuer: 'Postern & Söhne',
  account: 'ada.lovelace',
  secret: Buffer.from('12345678901234567890'),
});

test.each([
  ['SVG', /^data:image\/svg\+xml;base64,[A-Za-z0-9+/]+=*$/],
  ['PNG', /^data:image\/png;base64,[A-Za-z0-9+/]+=*$/],
] as const)('encodes exactly the given text in a %s of the QR code (R-30)', async (format, form) => {
  const image = await renderQrCode(uri, format);
  expect(image).toMatch(form);
  expect(readQrCode(image)).toBe(uri);
});

test('draws an SVG without scripts or external resources (R-30)', async () => {
  const svg = Buffer.from((await renderQrCode(uri, 'SVG')).split(',')[1]!, 'base64').toString();
  expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|href|script|url\(/);
});
