export { createMessagesService } from './messages.service.ts'
