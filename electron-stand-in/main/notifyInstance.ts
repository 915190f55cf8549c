// A program of its own: tells the instance that listens at the address given as its argument
// what it reads from standard input, and ends with 0 when that instance has answered.
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { INSTANCE_GONE, INSTANCE_NOTIFIED } from './instanceAnswers.ts'

const ANSWER_TIMEOUT_MS = 5_000

const [, , address = ''] = process.argv
const message = await text(process.stdin)
// No argument can hold the zero byte that begins an abstract socket's name.
const socket = connect(address.replace(/^@/, '\0'))
socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy(new Error('timed out')))
socket.on('error', (error: NodeJS.ErrnoException) => {
  console.error(error.message)
  process.exit(error.code === 'ECONNREFUSED' || error.code === 'ENOENT' ? INSTANCE_GONE : 1)
})
socket.write(`${message}\0`)
if ((await text(socket)) !== INSTANCE_NOTIFIED) process.exitCode = 1
