// Runs in the page: counts frames that come late, and long tasks.
{
  const late = []
  const tasks = []
  let frames = 0
  let beganMs = 0
  let lastMs = performance.now()
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: 'longtask' })
  const onFrame = (nowMs) => {
    frames += 1
    if (nowMs - lastMs > 50) late.push(nowMs)
    lastMs = nowMs
    requestAnimationFrame(onFrame)
  }
  requestAnimationFrame(onFrame)
  window.watch = {
    /** What ran before this moment does not count. */
    begin() {
      beganMs = performance.now()
      lastMs = beganMs
      frames = 0
    },
    /** Counted since then; in milliseconds. */
    take() {
      const counted = tasks.filter(({ startTime }) => startTime >= beganMs)
      return {
        frames,
        slowFrames: late.filter((atMs) => atMs > beganMs).length,
        longestTaskMs: Math.max(0, ...counted.map(({ duration }) => duration)),
      }
    },
    /** Until the browser has had nothing to do for ten frames. */
    settle: () =>
      new Promise((resolve) => {
        let calm = 0
        let beforeMs = performance.now()
        const look = (nowMs) => {
          calm = nowMs - beforeMs < 40 ? calm + 1 : 0
          beforeMs = nowMs
          if (calm >= 10) resolve()
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      }),
  }
}
