export const price = {
  none: '沒有可靠價格',
  confidence: {
    high: '價格來源與市場一致，或有數個深厚的市場',
    medium: '僅來自市場或價格來源之一，或兩者略有出入',
    low: '大致數值：市場淺、剛變動，或觀察時間還不長',
  },
  reasons: {
    noMarket: '在 Minato 看得到的地方沒有人交易',
    thinMarket: '市場太淺，無法定價',
    staleFeed: '價格來源已停止，也沒有夠深的市場',
    disagreement: '價格來源與市場相差很大',
    unreadable: '無法從鏈上讀到它的價值',
  },
}
