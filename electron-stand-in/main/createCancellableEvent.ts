/** The first argument of Electron's events whose default an app may prevent. */
export type CancellableEvent = { readonly defaultPrevented: boolean; preventDefault(): void }

/** Creates such an event, with the event's own details on it. */
export function createCancellableEvent<Details extends object>(details: Details): CancellableEvent & Details {
  let prevented = false
  return Object.defineProperties(details as CancellableEvent & Details, {
    defaultPrevented: { get: () => prevented, enumerable: true },
    preventDefault: {
      value: () => {
        prevented = true
      },
    },
  })
}
