/** The logo: a small gate in a wall, with light behind it. */
export function Logo({ size = 28 }: { readonly size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" className="mark-wall" />
      <path d="M7 26V15a9 9 0 0 1 18 0v11" className="mark-arch" />
      <path d="M12 26V15.500a4 4 0 0 1 8 0V26z" className="mark-gate" />
    </svg>
  );
}

/** The picture of a page that doesn't exist: the gate, closed. */
export function ClosedGate() {
  return (
    <svg className="closed-gate" width="176" height="176" viewBox="0 0 160 160" aria-hidden="true">
      <path className="closed-arch-1" d="M8 152V80a72 72 0 0 1 144 0v72z" />
      <path className="closed-arch-2" d="M26 152V80a54 54 0 0 1 108 0v72z" />
      <path className="closed-arch-3" d="M44 152V80a36 36 0 0 1 72 0v72z" />
      <path className="closed-door" d="M56 152V82a24 24 0 0 1 48 0v70zM80 58v94" />
      <circle className="closed-knob" cx="88" cy="112" r="3" />
      <path className="closed-floor" d="M0 152H160" />
    </svg>
  );
}

/** Half the width and the height of each arch, from the outermost to the innermost. */
const arches = [
  [360, 640],
  [300, 550],
  [244, 464],
  [192, 382],
  [144, 304],
  [100, 230],
] as const;
const GATE = { halfWidth: 62, height: 160 } as const;
const FLOOR_Y = 760;
const MIDDLE = 300;

const arch = (halfWidth: number, height: number) =>
  `M${MIDDLE - halfWidth} ${FLOOR_Y}V${FLOOR_Y - height + halfWidth}a${halfWidth} ${halfWidth} 0 0 1 ${halfWidth * 2} 0V${FLOOR_Y}`;

/** The picture next to the sign-in form: nested arches with an open gate in the center. */
export function GatePicture() {
  return (
    <svg className="gate-picture" viewBox="0 0 600 800" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <defs>
        <radialGradient id="gate-light" cx="0.5" cy="0.86" r="0.62">
          <stop offset="0" stopColor="#f4e9cf" stopOpacity="0.5" />
          <stop offset="0.35" stopColor="#8fd8c4" stopOpacity="0.2" />
          <stop offset="1" stopColor="#8fd8c4" stopOpacity="0" />
        </radialGradient>
      </defs>
      {arches.map(([halfWidth, height], index) => (
        <path key={halfWidth} d={`${arch(halfWidth, height)}z`} className={`arch arch-${index + 1}`} />
      ))}
      <rect width="600" height="800" fill="url(#gate-light)" />
      <path d={`${arch(GATE.halfWidth, GATE.height)}z`} className="gate" />
      <path
        d={`M${MIDDLE - GATE.halfWidth} ${FLOOR_Y}L${MIDDLE - 240} 800H${MIDDLE + 240}L${MIDDLE + GATE.halfWidth} ${FLOOR_Y}z`}
        className="gate-glow"
      />
    </svg>
  );
}
