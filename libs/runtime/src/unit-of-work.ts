export { UnitOfWork } from '@lacollecte/http';
