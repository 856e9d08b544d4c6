import './no-cycles-back.js';
