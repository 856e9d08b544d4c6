import '../../runtime/src/index.js';
