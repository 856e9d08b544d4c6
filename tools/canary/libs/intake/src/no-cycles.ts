import './other-end.js';
