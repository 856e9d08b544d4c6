import '../../../apps/intake/src/main.js';
