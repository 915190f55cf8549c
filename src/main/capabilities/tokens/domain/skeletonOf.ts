/**
 * Letters that look like Latin ones, after compatibility normalisation has folded full-width, mathematical and circled forms: the Cyrillic,
 * Greek, Armenian and Cherokee ones of Unicode's confusables that a symbol is likely to be made of, and digits that stand for letters.
 */
const lookalikes: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['a', 'аαɑ∂'],
    ['b', 'вьβъ'],
    ['c', 'сϲçⅽ'],
    ['d', 'ԁɗ'],
    ['e', 'еεєҽ'],
    ['f', 'ƒғ'],
    ['g', 'ɡց'],
    ['h', 'нһηհ'],
    ['i', 'іιıї1l|!ӏ'],
    ['j', 'јϳ'],
    ['k', 'кκ'],
    ['m', 'мϻ'],
    ['n', 'пո'],
    ['o', 'оοօ0ø'],
    ['p', 'рρ'],
    ['q', 'ԛզ'],
    ['r', 'гя'],
    ['s', 'ѕ5$ꜱ'],
    ['t', 'тτ7₮ⲧ'],
    ['u', 'υսμ'],
    ['v', 'ѵν'],
    ['w', 'ѡωԝ'],
    ['x', 'хχ×'],
    ['y', 'уүγ'],
    ['z', 'ᴢ'],
  ].flatMap(([letter = '', likes = '']) => [...likes].map((like) => [like, letter] as const)),
)

/** What a symbol looks like at a glance: two that have the same skeleton are easily taken for one another. */
export function skeletonOf(symbol: string): string {
  return [...symbol.normalize('NFKD').toLowerCase()]
    .filter((character) => !/[\p{M}\p{C}\p{Z}\p{P}]/u.test(character) || character in lookalikes)
    .map((character) => lookalikes[character] ?? character)
    .join('')
}
