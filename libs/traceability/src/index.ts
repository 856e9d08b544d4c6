export { traceabilityService } from './traceability.service.js';
