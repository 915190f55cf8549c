/** The ten official word lists of BIP-39. */
export const phraseLanguages = [
  'english',
  'japanese',
  'korean',
  'spanish',
  'simplifiedChinese',
  'traditionalChinese',
  'french',
  'italian',
  'czech',
  'portuguese',
] as const
export type PhraseLanguage = (typeof phraseLanguages)[number]
