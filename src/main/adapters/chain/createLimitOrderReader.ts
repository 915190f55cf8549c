import { decodeFunctionResult, encodeFunctionData, erc20Abi, parseAbi } from 'viem'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, type ChainId, isSameAddress } from '../../../shared/identity/identity.ts'
import { decodeMakerTraits } from '../../../shared/limitOrder/makerTraits.ts'
import { smallerOf } from '../../../shared/money/smallerOf.ts'
import { limitOrderAbi, readPredicate, recoverSigner } from '../../capabilities/orderbook/index.ts'
import type { LimitOrderReader, ReadOrderFacts } from '../../capabilities/signedOrders/index.ts'
import { callContracts } from './callContracts.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import type { ContractCall } from './multicall3.ts'
import { readUint256 } from './readUint256.ts'
import { blockHeaderSchema } from './rpcSchemas.ts'

const permit2: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const permit2Abi = parseAbi([
  'function allowance(address owner, address token, address spender) view returns (uint160 amount, uint48 expiration, uint48 nonce)',
])
const contractSignatureAbi = parseAbi([
  'function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)',
])
/** What EIP-1271 answers for a signature that counts. */
const isValidMagic = '0x1626ba7e'
/** Bits that are looked through for a free one. */
const bitSlots = [0n, 1n, 2n, 3n]
const callsOfOrder = 9

/** Reads what the contract of signed orders, and the tokens, say about orders; everything at one block. */
export function createLimitOrderReader(network: RpcNetwork): LimitOrderReader {
  const call = (chainId: ChainId, calls: readonly ContractCall[], block: bigint | 'latest') =>
    callContracts(network.rpc(chainId), network.definition(chainId).multicall3, calls, block)

  return {
    async readFacts(chainId, orders) {
      const header = await network
        .rpc(chainId)
        .request('eth_getBlockByNumber', ['latest', false], blockHeaderSchema)
      const calls = orders.flatMap(({ signed, hash }): ContractCall[] => {
        const { order, contract, extension, signature } = signed
        const traits = decodeMakerTraits(order.makerTraits)
        const spender = traits?.usesPermit2 ? permit2 : contract
        const ask = (
          functionName: 'bitInvalidatorForOrder' | 'rawRemainingInvalidatorForOrder' | 'epoch',
          args: readonly unknown[],
        ): ContractCall => ({
          to: contract,
          data: encodeFunctionData({ abi: limitOrderAbi, functionName, args } as never),
        })
        const all: ContractCall[] = [
          ask('bitInvalidatorForOrder', [order.maker, traits?.nonceOrEpoch ?? 0n]),
          ask('rawRemainingInvalidatorForOrder', [order.maker, hash]),
          ask('epoch', [order.maker, traits?.series ?? 0n]),
          {
            to: contract,
            data: encodeFunctionData({
              abi: limitOrderAbi,
              functionName: 'checkPredicate',
              args: [readPredicate(extension)],
            }),
          },
          { to: contract, data: encodeFunctionData({ abi: limitOrderAbi, functionName: 'paused' }) },
          {
            to: order.makerAsset,
            data: encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [order.maker] }),
          },
          {
            to: order.makerAsset,
            data: encodeFunctionData({
              abi: erc20Abi,
              functionName: 'allowance',
              args: [order.maker, spender],
            }),
          },
          {
            to: permit2,
            data: encodeFunctionData({
              abi: permit2Abi,
              functionName: 'allowance',
              args: [order.maker, order.makerAsset, contract],
            }),
          },
          {
            to: order.maker,
            data: encodeFunctionData({
              abi: contractSignatureAbi,
              functionName: 'isValidSignature',
              args: [hash, signature],
            }),
          },
        ]
        return all
      })
      const answers = await call(chainId, calls, header.number)
      return Promise.all(
        orders.map(async ({ signed, hash }, index): Promise<ReadOrderFacts> => {
          const own = answers.slice(index * callsOfOrder, (index + 1) * callsOfOrder)
          const [bits, raw, epoch, predicate, paused, balance, allowance, ofPermit2, contractWord] = own
          const { order, signature } = signed
          const [bitWord, rawRemaining] = [readUint256(bits), readUint256(raw)]
          // Without the contract there is nothing to judge by.
          if (bitWord === undefined || rawRemaining === undefined) {
            throw new AppError('chain.rpcFailed', { chainId, method: 'limitOrders', reason: 'noContract' })
          }
          const signer = await recoverSigner(hash, signature)
          const isByKey = signer !== undefined && isSameAddress(signer, order.maker)
          const usesPermit2 = decodeMakerTraits(order.makerTraits)?.usesPermit2 === true
          const allowed = readUint256(allowance) ?? 0n
          return {
            blockTimestampS: header.timestamp,
            isByKey,
            isSignedByMaker: isByKey || contractWord?.slice(0, 10) === isValidMagic,
            bitWord,
            rawRemaining,
            epoch: readUint256(epoch) ?? 0n,
            predicateHolds: readUint256(predicate) === 1n,
            isContractPaused: readUint256(paused) === 1n,
            balance: readUint256(balance) ?? 0n,
            allowance: usesPermit2 ? smallerOf(allowed, readPermit2(ofPermit2, header.timestamp)) : allowed,
          }
        }),
      )
    },

    async readEpoch(chainId, contract, maker) {
      const data = encodeFunctionData({ abi: limitOrderAbi, functionName: 'epoch', args: [maker, 0n] })
      const [answer] = await call(chainId, [{ to: contract, data }], 'latest')
      return readUint256(answer) ?? 0n
    },

    async readBitWords(chainId, contract, maker) {
      const calls = bitSlots.map((slot) => ({
        to: contract,
        data: encodeFunctionData({
          abi: limitOrderAbi,
          functionName: 'bitInvalidatorForOrder',
          args: [maker, slot << 8n],
        }),
      }))
      const answers = await call(chainId, calls, 'latest')
      return bitSlots.map((slot, index) => ({ slot, word: readUint256(answers[index]) ?? 0n }))
    },
  }
}

function readPermit2(answer: `0x${string}` | undefined, nowS: number): bigint {
  if (answer === undefined) return 0n
  try {
    const [units, expiration] = decodeFunctionResult({
      abi: permit2Abi,
      functionName: 'allowance',
      data: answer,
    })
    return expiration >= nowS ? units : 0n
  } catch {
    return 0n
  }
}
