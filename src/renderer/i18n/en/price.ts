export const price = {
  none: 'no reliable price',
  confidence: {
    high: 'From a price feed that agrees with the market, or from several deep markets',
    medium: 'From a market or feed alone, or from ones that differ a little',
    low: 'Rough: the market is thin, has just moved, or has not been watched for long',
  },
  reasons: {
    noMarket: 'Nobody trades it where Minato can see',
    thinMarket: 'The market is too thin to name a price',
    staleFeed: 'The price feed has stopped, and no market is deep enough',
    disagreement: 'The price feed and the market say very different things',
    unreadable: 'The chain did not say what it is worth',
  },
}
