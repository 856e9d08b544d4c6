import { RETURN_REASONS, shownReason } from './device-return.js';

describe('why a device must come back', () => {
  it.each(RETURN_REASONS)('is said in two languages: %s', (reason) => {
    const shown = shownReason(reason);
    expect(shown.reason).toBe(reason);
    expect(shown.reasonText.fr).toMatch(/^(Il |L'|La |Sa |Son |Un ).+\.$/);
    expect(shown.reasonText.en).toMatch(/^(It |Its |The |A ).+\.$/);
  });

  it('is never what somebody wrote in words of their own', () => {
    for (const kept of ['Madame X says that the battery swells', '', null]) expect(shownReason(kept)).toEqual(shownReason('other'));
  });
});
