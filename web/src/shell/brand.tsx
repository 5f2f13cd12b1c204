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

/** Half the width, and the height, of each arch of the picture, from the outermost in. */
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

/** The picture beside the sign-in form: nested arches with an open gate at their end. */
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
