export { refurbishmentService } from './refurbishment.service.js';
