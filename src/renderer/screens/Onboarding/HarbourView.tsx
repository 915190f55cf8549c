import styles from './HarbourView.module.css'

/** The harbour at night: two breakwaters, the lights at the entrance, a sheltered light inside. */
export function HarbourView({ label }: { readonly label: string }) {
  return (
    <svg
      className={styles.view}
      viewBox="0 0 600 900"
      preserveAspectRatio="xMidYMid slice"
      role="img"
      aria-label={label}
    >
      <defs>
        <linearGradient id="harbour-sky" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#081019" />
          <stop offset="0.75" stopColor="#12293c" />
          <stop offset="1" stopColor="#1d4050" />
        </linearGradient>
        <linearGradient id="harbour-sea" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#17364a" />
          <stop offset="0.35" stopColor="#0f2536" />
          <stop offset="1" stopColor="#09141f" />
        </linearGradient>
        <radialGradient id="harbour-glow">
          <stop offset="0" stopColor="#ffe9b8" stopOpacity="0.42" />
          <stop offset="0.3" stopColor="#ffe9b8" stopOpacity="0.2" />
          <stop offset="0.6" stopColor="#ffe9b8" stopOpacity="0.07" />
          <stop offset="1" stopColor="#ffe9b8" stopOpacity="0" />
        </radialGradient>
      </defs>
      <rect width="600" height="430" fill="url(#harbour-sky)" />
      <g fill="#cfe0ec">
        {stars.map(([x, y, radius]) => (
          <circle key={`${x}-${y}`} cx={x} cy={y} r={radius} opacity={0.55} />
        ))}
      </g>
      <path d="M0 430v-26c60-14 96-30 150-26s78 22 130 20 92-40 152-42 116 34 168 40v34z" fill="#0b1a27" />
      <rect y="430" width="600" height="470" fill="url(#harbour-sea)" />
      <g stroke="#2b556b" strokeLinecap="round" strokeWidth="1.5" opacity="0.5">
        <path d="M40 470h70M190 458h46M330 476h90M480 462h60M90 520h110M420 530h120M20 590h60M520 600h70M30 700h90M470 720h110M60 810h150M390 840h160" />
      </g>
      <circle cx="306" cy="640" r="190" fill="url(#harbour-glow)" className={styles.lamp} />
      <g stroke="#ffe9b8" strokeLinecap="round" strokeWidth="3" opacity="0.5">
        <path d="M296 664h20M290 682h32M298 702h18M286 724h38M300 748h14M294 774h26" />
      </g>
      <path
        d="M-20 860C-10 640 60 536 236 500"
        stroke="#050c13"
        strokeWidth="26"
        strokeLinecap="round"
        fill="none"
      />
      <path
        d="M-24 850C-14 632 58 530 236 493"
        stroke="#2a4a5e"
        strokeWidth="3"
        strokeLinecap="round"
        fill="none"
      />
      <path
        d="M640 560C616 700 520 812 330 836"
        stroke="#050c13"
        strokeWidth="30"
        strokeLinecap="round"
        fill="none"
      />
      <path
        d="M640 549C614 690 518 801 330 824"
        stroke="#2a4a5e"
        strokeWidth="3"
        strokeLinecap="round"
        fill="none"
      />
      <g>
        <rect x="231" y="466" width="10" height="28" rx="2" fill="#17303f" />
        <circle cx="236" cy="462" r="6" fill="#ff7a5c" />
        <circle cx="236" cy="462" r="22" fill="#ff7a5c" opacity="0.16" />
        <rect x="325" y="797" width="10" height="28" rx="2" fill="#17303f" />
        <circle cx="330" cy="793" r="6" fill="#58c9ad" />
        <circle cx="330" cy="793" r="22" fill="#58c9ad" opacity="0.16" />
      </g>
      <g>
        <path d="M284 646h44l-8 14h-28z" fill="#060d14" />
        <path d="M306 646v-42" stroke="#060d14" strokeWidth="3" />
        <circle cx="306" cy="602" r="6" fill="#fff3d2" />
      </g>
    </svg>
  )
}

const stars = [
  [60, 70, 1.2],
  [140, 160, 0.9],
  [210, 50, 1.4],
  [250, 220, 0.8],
  [330, 110, 1.1],
  [390, 40, 0.9],
  [430, 190, 1.3],
  [500, 90, 1],
  [560, 210, 0.9],
  [520, 280, 0.8],
  [90, 260, 0.9],
  [170, 320, 0.7],
] as const
