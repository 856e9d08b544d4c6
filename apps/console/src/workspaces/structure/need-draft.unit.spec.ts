import { emptyLine, missingOf, statedLines } from './need-draft.js';

describe('the draft of a need', () => {
  const whole = { ...emptyLine(), category: 'laptop', quantity: 5, urgency: 3, public: 'job-seekers', reason: ' atelier CV ', maxPrice: 79.5 } as const;

  it('says what is missing, in the order it is asked for', () => {
    expect(missingOf(emptyLine())).toEqual(['category', 'quantity', 'public', 'urgency']);
    expect(missingOf({ ...whole, public: null })).toEqual(['public']);
    expect(missingOf(whole)).toEqual([]);
  });

  it('is stated once nothing is missing, with prices in cents', () => {
    expect(statedLines([whole])).toEqual([{ category: 'laptop', quantity: 5, urgency: 3, public: 'job-seekers', minGrade: 'C', reason: 'atelier CV', maxPriceCents: 7950 }]);
    expect(statedLines([whole, { ...whole, quantity: null }])).toBeNull();
    expect(statedLines([])).toBeNull();
  });
});
