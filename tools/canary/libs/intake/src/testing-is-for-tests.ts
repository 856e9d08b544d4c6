import '../../testing/src/index.js';
