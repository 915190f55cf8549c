/** Letters of other scripts, and digits, that are drawn like Latin letters (a part of UTS #39's table, for short names). */
const lookalikes: Readonly<Record<string, string>> = {
  а: 'a', ɑ: 'a', α: 'a', в: 'b', β: 'b', ь: 'b', с: 'c', ϲ: 'c', ԁ: 'd', ɗ: 'd', е: 'e', ё: 'e', ε: 'e', ҽ: 'e', ɡ: 'g', ԍ: 'g',
  н: 'h', һ: 'h', і: 'i', ı: 'i', ɩ: 'i', ι: 'i', ї: 'i', l: 'i', 1: 'i', '|': 'i', ј: 'j', к: 'k', κ: 'k', м: 'm', μ: 'm',
  п: 'n', η: 'n', ո: 'n', о: 'o', ο: 'o', σ: 'o', օ: 'o', 0: 'o', р: 'p', ρ: 'p', ԛ: 'q', г: 'r', ѕ: 's', 5: 's', $: 's',
  т: 't', τ: 't', υ: 'u', ս: 'u', ц: 'u', ν: 'v', ѵ: 'v', ԝ: 'w', ω: 'w', х: 'x', χ: 'x', у: 'y', γ: 'y', ү: 'y', ζ: 'z',
} // biome-ignore format: a table reads better dense

/** A name as an eye takes it in: without case, marks, spaces and invisible characters, letters of other scripts made Latin. Two names that fold to one can be mistaken for each other. */
export function foldConfusables(text: string): string {
  return [...text.normalize('NFKD').toLowerCase()]
    .map((letter) => lookalikes[letter] ?? letter)
    .filter((letter) => /[\p{Letter}\p{Number}]/u.test(letter))
    .join('')
}
