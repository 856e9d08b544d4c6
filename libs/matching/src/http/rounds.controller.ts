import { DomainError } from '@lacollecte/contracts';
import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { settingsOf, UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { requestRound } from '../commands/request-round.js';
import { setPriceTable } from '../commands/set-price-table.js';
import { comparePolicies } from '../queries/compare-policies.js';
import { listPriceTables } from '../queries/price-table.js';
import { readRoundInputs } from '../queries/round-inputs.js';
import { listExplanations } from '../queries/view-explanation.js';
import { listRounds, viewRound } from '../queries/view-round.js';
import { matchingSettings } from '../settings.js';
import {
  dryRunSpec, getRoundSpec, listPriceTablesSpec, listRoundExplanationsSpec, listRoundsSpec, requestRoundSpec, setPriceTableSpec,
} from './matching.schemas.js';

@Controller()
export class RoundsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('POST', 'rounds', requestRoundSpec)
  request(@Input() input: InputOf<typeof requestRoundSpec>) {
    return this.uow.run(async (tx) => {
      const roundId = await requestRound(tx, 'coordinator', input.body);
      if (roundId === null) throw new DomainError('round-running');
      return viewRound(tx, roundId);
    });
  }

  @Endpoint('GET', 'rounds', listRoundsSpec)
  list(@Input() input: InputOf<typeof listRoundsSpec>) {
    return this.uow.run((tx) => listRounds(tx, input.query));
  }

  @Endpoint('POST', 'rounds/dry-runs', dryRunSpec)
  async dryRun(@Input() input: InputOf<typeof dryRunSpec>) {
    const { inputs, solverSeconds } = await this.uow.run(async (tx) => ({
      inputs: await readRoundInputs(tx), solverSeconds: (await settingsOf(tx, matchingSettings)).solverSeconds,
    }));
    return comparePolicies(inputs, input.body.alphas, solverSeconds);
  }

  @Endpoint('GET', 'rounds/:roundId', getRoundSpec)
  get(@Input() input: InputOf<typeof getRoundSpec>) {
    return this.uow.run((tx) => viewRound(tx, input.params.roundId));
  }

  @Endpoint('GET', 'rounds/:roundId/explanations', listRoundExplanationsSpec)
  explanations(@Input() input: InputOf<typeof listRoundExplanationsSpec>) {
    return this.uow.run((tx) => listExplanations(tx, { ...input.query, ...input.params }));
  }

  @Endpoint('GET', 'price-tables', listPriceTablesSpec)
  prices() {
    return this.uow.run(listPriceTables);
  }

  @Endpoint('POST', 'price-tables', setPriceTableSpec)
  setPrices(@Input() input: InputOf<typeof setPriceTableSpec>) {
    return this.uow.run((tx) => setPriceTable(tx, input.body));
  }
}
