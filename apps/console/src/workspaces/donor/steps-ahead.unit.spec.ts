import { stepsAhead } from './steps-ahead.js';

it('has the rest of the way ahead, recycling where it was rejected, and nothing once it has ended', () => {
  expect(stepsAhead('in-workshop', ['received', 'diagnosed', 'erased'])).toEqual(['tested', 'graded', 'ready', 'delivered']);
  expect(stepsAhead('rejected', ['received', 'diagnosed'])).toEqual(['recycled']);
  for (const state of ['delivered', 'recycled', 'returned-to-donor', 'lost', 'recalled']) expect([state, stepsAhead(state, ['received'])]).toEqual([state, []]);
});
