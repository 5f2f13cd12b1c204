/**
 * The name that a user gave to something of theirs, in canonical form: 1 to 64 characters. Requires a visible
 * character. Rejects control characters, which can forge log lines, and characters that change the text direction
 * (R-68, R-98).
 */
export const safeNamePattern =
  /^(?=.*[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}])[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]{1,64}$/u;
