import { bytesToHex, stringToBytes } from 'viem'

/** The bytes that EIP-191 signs of a text: its UTF-8. */
export const encodeText = (text: string): Uint8Array => stringToBytes(text)

/** A signature as other programs write it. */
export const encodeSignature = (signature: Uint8Array): string => bytesToHex(signature)
