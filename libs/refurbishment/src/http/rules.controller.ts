import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { addRuleSet } from '../commands/add-rule-set.js';
import { CHECKLISTS } from '../domain/checklists.js';
import { listRuleSets } from '../persistence/rule-set.repository.js';
import { addRulesSpec, listChecklistsSpec, listRulesSpec } from './rules.schemas.js';

/** What devices are tested and graded by. */
@Controller()
export class RulesController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', 'rule-sets', listRulesSpec)
  list() {
    return this.uow.run(listRuleSets);
  }

  @Endpoint('POST', 'rule-sets', addRulesSpec)
  add(@Input() { body }: InputOf<typeof addRulesSpec>) {
    return this.uow.run((tx) => addRuleSet(tx, body));
  }

  @Endpoint('GET', 'checklists', listChecklistsSpec)
  checklists() {
    return CHECKLISTS;
  }
}
