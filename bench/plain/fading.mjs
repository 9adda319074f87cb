// @ts-check
// How answers change what comes: three "already doing it" in four showings double the interval, twice; then 14 days of
// rest.

/**
 * `recent`: the last showings, oldest first, whether already.
 * @typedef {{recent: boolean[], stage: number, since: number}} Fading
 */
/** @typedef {'wanted' | 'already' | 'ignored'} Lesson */

const REST = 14 * 24 * 60 * 60_000;
const RESTING = 3;

/** @type {Record<string, Lesson>} Other outcomes teach nothing. */
const lessons = { did_it: 'wanted', not_now: 'wanted', already: 'already', faded: 'ignored', unread: 'ignored' };

/** @returns {Fading} */
export const unfaded = () => ({ recent: [], stage: 0, since: 0 });

/** @param {Fading} fading @param {string} outcome @param {number} now @returns {Fading} */
export function learn({ recent, stage, since }, outcome, now) {
  const lesson = lessons[outcome];
  if (!lesson) return { recent, stage, since };
  // After being offered from its rest, it either starts afresh or rests again.
  if (stage === RESTING) return lesson === 'wanted' ? unfaded() : { recent, stage, since: now };
  const four = [...recent, lesson === 'already'].slice(-4);
  if (four.filter(Boolean).length < 3) return { recent: four, stage, since };
  return { recent: [], stage: stage + 1, since: now };
}

/** The factor by which its intervals are stretched. @param {Fading | undefined} fading */
export const stretch = (fading) => [1, 2, 4, 1][fading?.stage ?? 0];

/** @param {Fading | undefined} fading */
export const restsUntil = (fading) => (fading?.stage === RESTING ? fading.since + REST : null);
