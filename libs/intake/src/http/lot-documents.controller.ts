import { Readable } from 'node:stream';
import { requestContext } from '@lacollecte/database';
import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller, StreamableFile } from '@nestjs/common';
import { devicesCsv, inventoryCsv, type Reading } from '../documents/lot-documents.js';
import { downloadDevicesSpec, downloadInventorySpec } from './lots.schemas.js';

@Controller('lots/:lotId')
export class LotDocumentsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', 'inventory/download', downloadInventorySpec)
  async inventory(@Input() { params, query }: InputOf<typeof downloadInventorySpec>) {
    return file(await inventoryCsv(this.#reading(), params.lotId, query.language), query.language === 'fr' ? 'inventaire-recu.csv' : 'received-inventory.csv');
  }

  @Endpoint('GET', 'devices/download', downloadDevicesSpec)
  async devices(@Input() { params, query }: InputOf<typeof downloadDevicesSpec>) {
    return file(await devicesCsv(this.#reading(), params.lotId, query.language), query.language === 'fr' ? 'appareils.csv' : 'devices.csv');
  }

  /** The stream is read long after the request's handler: each read is made as the same person. */
  #reading(): Reading {
    const context = requestContext.getStore()!;
    return (read) => requestContext.run(context, () => this.uow.run(read));
  }
}

const file = (content: AsyncGenerator<string>, name: string): StreamableFile =>
  new StreamableFile(Readable.from(content), { type: 'text/csv; charset=utf-8', disposition: `attachment; filename="${name}"` });
