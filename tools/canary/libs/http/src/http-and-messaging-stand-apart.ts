import '../../messaging/src/index.js';
