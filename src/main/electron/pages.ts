/** Scheme and host under which the renderer's own files are served, and nothing else. */
export const appScheme = 'app'
export const appHost = 'minato'

export const mainPageUrl = `${appScheme}://${appHost}/index.html`
export const approvalPageUrl = `${appScheme}://${appHost}/approval.html`
