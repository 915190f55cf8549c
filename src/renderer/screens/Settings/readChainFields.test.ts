import { expect, test } from 'vitest'
import { readChainFields } from './readChainFields.ts'

const gnosis = {
  chainId: '0x64',
  chainName: 'Gnosis',
  nativeCurrency: { name: 'xDAI', symbol: 'XDAI', decimals: 18 },
  rpcUrls: ['https://rpc.gnosis.example'],
  iconUrls: ['https://icon.example/x.svg'],
}

test('a chain as sites describe it, alone or as the parameters of a call', () => {
  const expected = { chainId: 100, chainName: 'Gnosis', rpcUrls: ['https://rpc.gnosis.example'] }
  expect(readChainFields(JSON.stringify(gnosis))).toMatchObject(expected)
  expect(readChainFields(JSON.stringify([gnosis]))).toMatchObject(expected)
  expect(readChainFields(JSON.stringify({ ...gnosis, chainId: 100 }))).toMatchObject(expected)
})

test.each([
  ['no JSON', 'chainId: 100'],
  ['no chain', '{}'],
  ['a chain id that is none', JSON.stringify({ ...gnosis, chainId: '100' })],
  ['no nodes', JSON.stringify({ ...gnosis, rpcUrls: [] })],
  [
    'a coin of other decimals',
    JSON.stringify({ ...gnosis, nativeCurrency: { ...gnosis.nativeCurrency, decimals: 6 } }),
  ],
])('%s is no chain', (_name, text) => {
  expect(readChainFields(text)).toBeUndefined()
})
