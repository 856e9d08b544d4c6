import '../../inventory/src/stock.js';
