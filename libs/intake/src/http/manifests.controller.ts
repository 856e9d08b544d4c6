import { Readable } from 'node:stream';
import { requestContext, type Tx } from '@lacollecte/database';
import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller, StreamableFile } from '@nestjs/common';
import { confirmManifest, correctManifest, discardManifest } from '../commands/decide-manifest.js';
import { uploadManifest } from '../commands/upload-manifest.js';
import { refusalsCsv } from '../manifest/refusals-csv.js';
import { lockingLot } from '../persistence/lot.repository.js';
import { keptHeaders, listManifests, listRefusals, refusedAfter, showManifest, textsOf } from '../queries/manifests.js';
import {
  confirmManifestSpec, correctManifestSpec, discardManifestSpec, downloadRefusalsSpec, getManifestSpec, listManifestsSpec, listRefusalsSpec, uploadManifestSpec,
} from './manifests.schemas.js';

/** Refused rows that one read of the download takes. */
const DOWNLOAD_ROWS = 2_000;

@Controller()
export class ManifestsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('POST', 'lots/:lotId/manifests', uploadManifestSpec)
  upload(@Input() { params, query, file }: InputOf<typeof uploadManifestSpec>) {
    return uploadManifest(this.uow, { ...params, ...query, file }, showManifest);
  }

  @Endpoint('GET', 'lots/:lotId/manifests', listManifestsSpec)
  list(@Input() { params, query }: InputOf<typeof listManifestsSpec>) {
    return this.uow.run((tx) => listManifests(tx, params.lotId, query));
  }

  @Endpoint('GET', 'manifests/:manifestId', getManifestSpec)
  get(@Input() { params }: InputOf<typeof getManifestSpec>) {
    return this.uow.run((tx) => showManifest(tx, params.manifestId));
  }

  @Endpoint('GET', 'manifests/:manifestId/refusals', listRefusalsSpec)
  refusals(@Input() { params, query }: InputOf<typeof listRefusalsSpec>) {
    return this.uow.run((tx) => listRefusals(tx, params.manifestId, query));
  }

  @Endpoint('GET', 'manifests/:manifestId/refusals/download', downloadRefusalsSpec)
  async download(@Input() { params }: InputOf<typeof downloadRefusalsSpec>) {
    const headers = await this.uow.run((tx) => keptHeaders(tx, params.manifestId));
    // The stream is read long after the request's handler: each read is made as the same person.
    const context = requestContext.getStore()!;
    const read = (line: number) => requestContext.run(context, () => this.uow.run((tx) => refusedAfter(tx, params.manifestId, line, DOWNLOAD_ROWS)));
    return new StreamableFile(Readable.from(refusalsCsv(headers, read, textsOf)), { type: 'text/csv; charset=utf-8', disposition: 'attachment; filename="refus.csv"' });
  }

  @Endpoint('PUT', 'manifests/:manifestId/mapping', correctManifestSpec)
  correct(@Input() { params, body, version }: InputOf<typeof correctManifestSpec>) {
    return this.#change(params.manifestId, (tx) => correctManifest(tx, { ...params, ...body, version }));
  }

  @Endpoint('POST', 'manifests/:manifestId/confirmation', confirmManifestSpec)
  confirm(@Input() { params, body, version }: InputOf<typeof confirmManifestSpec>) {
    return this.#change(params.manifestId, (tx) => confirmManifest(tx, { ...params, ...body, version }));
  }

  @Endpoint('POST', 'manifests/:manifestId/discard', discardManifestSpec)
  discard(@Input() { params, version }: InputOf<typeof discardManifestSpec>) {
    return this.#change(params.manifestId, (tx) => discardManifest(tx, { ...params, version }));
  }

  #change(manifestId: string, change: (tx: Tx) => Promise<void>) {
    return this.uow.run(async (tx) => {
      await change(tx);
      return showManifest(tx, manifestId);
    }, lockingLot(manifestId, 'manifest'));
  }
}
