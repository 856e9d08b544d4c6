export { dispatchService } from './dispatch.service.js';
