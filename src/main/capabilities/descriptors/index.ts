export { createDescriptorsService } from './descriptors.service.ts'
