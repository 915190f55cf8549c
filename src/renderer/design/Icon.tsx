const paths = {
  portfolio: 'M3 19h18M5 19V9l7-5 7 5v10M10 19v-5h4v5',
  orders: 'M4 6h10M4 12h16M4 18h7M17 3v6M14 15v6',
  activity: 'M3 8c3 0 3 2 6 2s3-2 6-2 3 2 6 2M3 14c3 0 3 2 6 2s3-2 6-2 3 2 6 2',
  settings: 'M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  check: 'M5 12.5 10 17.5 19.5 7',
  close: 'M6 6l12 12M18 6 6 18',
  info: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 11v5M12 8v.2',
  caution: 'M12 4 2.8 20h18.4zM12 10v5M12 17.4v.2',
  attention: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16v.2',
  send: 'M6 18 18 6M9 6h9v9',
  swap: 'M4 9h15M15 5l4 4-4 4M20 15H5M9 11l-4 4 4 4',
  stablecoins: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM8.500 10h7M8.500 14h7',
  realWorldAssets: 'M4 20V10l8-6 8 6v10M4 20h16M9 20v-6h6v6M9 10.500h6',
  receive: 'M18 6 6 18M15 18H6V9',
  chevron: 'M7 10l5 5 5-5',
  plus: 'M12 5v14M5 12h14',
  pencil: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  eyeOff:
    'M4 4l16 16M9.5 5.9A9 9 0 0 1 12 5.5c6 0 9.500 6.500 9.500 6.500a16 16 0 0 1-3 3.700M6 7.700A16 16 0 0 0 2.500 12S6 18.500 12 18.500c1.300 0 2.500-.3 3.500-.8',
  key: 'M8 9a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 10.500 20 4M16.500 6.500l2.500 3',
  paper: 'M6 3h9l4 4v14H6zM9 11h7M9 15h7',
  accounts: 'M4 8h16v11H4zM4 8l3-4h10l3 4M15.500 13.500h1.500',
  backups:
    'M12 3l7.500 3v6c0 4.500-3.200 7.600-7.500 9-4.300-1.400-7.500-4.500-7.500-9V6zM8.500 12l2.500 2.500 4.500-4.500',
  grip: 'M9 6v.2M15 6v.2M9 12v.2M15 12v.2M9 18v.2M15 18v.2',
  remove: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  save: 'M12 4v11M7.500 11l4.500 4.500 4.500-4.500M4 20h16',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
} as const

export type IconName = keyof typeof paths

/** A line drawing that accompanies words; never the only way to tell something. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}
