export const receive = {
  title: '收款',
  lead: '把这个地址发给付款的人。在 Minato 支持的所有网络上，地址都相同。',
  account: '账户',
  qr: '地址 {address} 的二维码',
  address: '你的地址',
  copy: '复制地址',
  warning: '请对方使用以下网络：{networks}。从其他网络转来的资产不会显示在这里。',
  practiceWarning: '其中有练习用的网络：切勿为了练习而转入真正的币。',
} as const
