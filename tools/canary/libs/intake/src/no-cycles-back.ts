import './no-cycles.js';
