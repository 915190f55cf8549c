export const receive = {
  title: '受け取る',
  lead: '送り主にこのアドレスを伝えてください。Minatoが扱うすべてのネットワークで共通です。',
  account: 'アカウント',
  qr: 'アドレス{address}のQRコード',
  address: 'あなたのアドレス',
  copy: 'アドレスをコピー',
  warning:
    '次のネットワークで送ってもらってください: {networks}。ほかのネットワークに届いたものは、ここには表示されません。',
  practiceWarning: '練習用のネットワークが含まれています。練習のために本物のコインを送らないでください。',
} as const
