export const price = {
  none: '没有可靠价格',
  confidence: {
    high: '价格来源与市场一致，或有数个深厚的市场',
    medium: '仅来自市场或价格来源之一，或两者略有出入',
    low: '大致数值：市场浅、刚变动，或观察时间还不长',
  },
  reasons: {
    noMarket: '在 Minato 看得到的地方没有人交易',
    thinMarket: '市场太浅，无法定价',
    staleFeed: '价格来源已停止，也没有足够深的市场',
    disagreement: '价格来源与市场相差很大',
    unreadable: '无法从链上读到它的价值',
  },
}
