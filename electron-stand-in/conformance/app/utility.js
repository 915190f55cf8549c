process.parentPort.on('message', ({ data }) => {
  if (data.crash) process.kill(process.pid, 'SIGSEGV')
  if (data.exit !== undefined) process.exit(data.exit)
  if (data.print !== undefined) {
    console.log(data.print)
    return
  }
  process.parentPort.postMessage({
    received: data,
    type: process.type,
    argument: process.argv[2],
    variable: process.env.FIXTURE,
    hasChannel: typeof process.send !== 'undefined',
    bytes: data.bytes?.constructor.name,
    doubled: (data.amount ?? 0n) * 2n,
  })
})
