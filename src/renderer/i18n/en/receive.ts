export const receive = {
  title: 'Receive',
  lead: 'Show this address to whoever sends to you. It is the same on every network that Minato knows.',
  account: 'Account',
  qr: 'QR code of the address {address}',
  address: 'Your address',
  copy: 'Copy address',
  warning:
    'Ask the sender to use one of these networks: {networks}. What arrives on another network does not appear here.',
  practiceWarning: 'This network is for practice: never send real coins to practise with.',
} as const
