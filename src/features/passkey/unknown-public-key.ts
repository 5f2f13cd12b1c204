/**
 * A COSE key (ES256, RFC 9053) that no passkey has. The answer of an unknown passkey is verified with it, so that it
 * takes as long as a wrong one. It is the public key of RFC 9500, section 2.3 (testECCP256).
 */
export const unknownPublicKey = new Uint8Array(
  Buffer.from(
    'a5010203262001215820' +
      '422548f88fb782ffb5eca3744452c72a1e558fbd6f73be5e48e93232cc45c5b1' +
      '225820' +
      '6c4cd10c4cb8d5b8a17139e94882c8992572993425f41419ab7e90a42a494272',
    'hex',
  ),
);
