import type { ElectronApplication } from '@playwright/test'

/**
 * Reads something in the main process, without changing anything there. V8 may collect the promise that stands for the
 * answer before the inspector has sent it, and then says that instead: the answer is lost, the question is asked again.
 */
export async function readMain<Value>(
  app: ElectronApplication,
  read: (electron: typeof import('electron')) => Value,
): Promise<Value> {
  for (;;) {
    try {
      return (await app.evaluate(read)) as Value
    } catch (thrown) {
      if (!String(thrown).includes('promise was garbage collected')) throw thrown
    }
  }
}
