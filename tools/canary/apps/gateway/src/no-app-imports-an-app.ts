import '../../intake/src/main.js';
