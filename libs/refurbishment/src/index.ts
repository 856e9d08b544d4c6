export { refurbishmentService } from './refurbishment.service.js';
// For the benchmark of the scan command.
export { receiveDevices } from './commands/receive-devices.js';
export { takeStep } from './commands/take-steps.js';
export { scanning } from './persistence/device.repository.js';
