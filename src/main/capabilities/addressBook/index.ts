export type { ContactStore } from './addressBook.ports.ts'
export { createAddressBook } from './addressBook.service.ts'
export { findLookalike, type Lookalike } from './domain/findLookalike.ts'
