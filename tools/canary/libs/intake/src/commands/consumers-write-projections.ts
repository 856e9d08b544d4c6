import '../projections/site.js';
