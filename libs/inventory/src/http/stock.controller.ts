import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { listCells } from '../queries/list-cells.js';
import { listCellsSpec } from './inventory.schemas.js';

@Controller('stock')
export class StockController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', '', listCellsSpec)
  list(@Input() input: InputOf<typeof listCellsSpec>) {
    return this.uow.run((tx) => listCells(tx, input.query));
  }
}
