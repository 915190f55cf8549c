export const receive = {
  title: '收款',
  lead: '把這個地址交給付款的人。在 Minato 支援的所有網路上，地址都相同。',
  account: '帳戶',
  qr: '地址 {address} 的 QR Code',
  address: '你的地址',
  copy: '複製地址',
  warning: '請對方使用以下網路：{networks}。從其他網路轉來的資產不會顯示在這裡。',
  practiceWarning: '其中有練習用的網路：切勿為了練習而轉入真正的幣。',
} as const
