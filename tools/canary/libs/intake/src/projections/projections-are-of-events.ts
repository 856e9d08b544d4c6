import '../other-end.js';
