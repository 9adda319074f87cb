// @ts-check
// Counts what happens in simulated hours: an event that never occurs in them proves nothing about an engine.

/** @typedef {{now: number, view: any, input: any, before: any}} Step */

/** @type {Record<string, (step: Step) => unknown>} */
const kinds = {
  'a moment came': ({ input, view }) => input.moment && view.popup.running?.cue?.why.key === 'why_moment',
  'a moment came into a silence': ({ input, view, before }) =>
    input.moment && view.popup.running?.cue && before.popup.running?.silence !== 'none',
  'a moment was declared in a pause': ({ input, before }) => input.moment && before.popup.running?.silence === 'paused',
  'a moment took the place of a prompt': ({ input, before }) => input.moment && before.popup.running?.cue,
  'a crisis was declared': ({ input, view }) => input.moment === 'odd.crisis' && view.popup.running?.silence === 'crisis',
  'a moment came by its key': ({ input, view }) =>
    input === 'moment_key' && view.popup.running?.cue?.why.key === 'why_moment',
  'a moment by its key passed over one that is away': ({ input, view, before }) =>
    input === 'moment_key' && view.popup.running?.cue?.why.key === 'why_moment' && isAway(before, firstMoment),
  'a moment that is away was declared': ({ input, before }) => input.moment && isAway(before, input.moment),
  'a crisis came by its key': ({ input, view, before }) =>
    input === 'crisis_key' && before.popup.running && view.popup.running.cue?.why.key === 'why_moment',
  'a crisis ended by its key': ({ input, view, before }) =>
    input === 'crisis_key' && before.popup.running?.silence === 'crisis' && view.popup.running.silence !== 'crisis',
  'a crisis was to be put away': ({ input, before }) => input.answer?.answer === 'never' && before.popup.running?.cue?.never === false,
  'a call became sound only': ({ input, view, before }) => isSwitch(input) && channel(before) === 'video' && channel(view) === 'sound',
  'a call became video': ({ input, view, before }) => isSwitch(input) && channel(before) === 'sound' && channel(view) === 'video',
  'a switch took a cue away': ({ input, view, before }) => isSwitch(input) && before.popup.running?.cue && !view.popup.running.cue,
  'a switch left a cue': ({ input, view, before }) =>
    isSwitch(input) && before.popup.running?.cue && view.popup.running.cue && channel(before) !== channel(view),
  'an item was ticked before Start': ({ input, view }) => input.tick?.done && view.popup.ready?.checklist.some(isTicked),
  'a ready check was forgotten': ({ view, before }) =>
    before?.popup.ready?.checklist.some(isTicked) && view.popup.ready && !view.popup.ready.checklist.some(isTicked),
  'a session began with its items ticked': ({ input, before }) =>
    input.start && before?.popup.ready?.checklist.some(isTicked),
  'an item was ticked after the end': ({ input, view }) =>
    input.tick && view.popup.ended?.checklist.some((/** @type {any} */ row) => row.done),
  'an intention came': ({ view, before }) => came(view, before) && view.popup.running.cue.cue === view.popup.running.intention,
  'a silence was drawn': ({ view }) => view.popup.running?.silences.length > 0,
  'a share ended a cue': ({ view, before }) => view.popup.running?.sharing && before.popup.running?.cue && !view.popup.running.cue,
  'a detected share was ended by the therapist': ({ input, view, before }) =>
    input.share_declared === false && before.popup.running?.sharing && !view.popup.running.sharing,
  'a prompt faded': ({ view, before }) => count(view, 'resting_seldom') > count(before, 'resting_seldom'),
  'a prompt went to rest': ({ view, before }) => count(view, 'resting_done_anyway') > count(before, 'resting_done_anyway'),
  'a prompt came back from its rest': ({ now, view, before }) => came(view, before) && isOffered(view, now),
  'a prompt that was offered was wanted': ({ now, view, before }) => isOffered(before, now) && !isOut(view, before),
  'a prompt that was offered rests again': ({ now, view, before }) =>
    isOffered(before, now) && isOut(view, before) && isOut(view, before).until > now,
  'a prompt was allowed again': ({ input, view, before }) => input.allow && view.resting.length < before.resting.length,
};

/** @param {any} input */
const isSwitch = (input) => input === 'sound_key' || input.switch;
/** @param {any} view */
const channel = (view) => view?.popup.running?.channel;
/** The moment that the moment key declares in the shipped deck. */
const firstMoment = 'vb.glitch';
/** @param {any} view @param {string} id */
const isAway = (view, id) =>
  view?.popup.running && view.resting.some((/** @type {any} */ one) => one.id === id && one.why.key === 'resting_never');
/** @param {any} check */
const isTicked = ({ row }) => row.done;
/** @param {any} view @param {string} why */
const count = (view, why) => view?.resting.filter((/** @type {any} */ entry) => entry.why.key === why).length ?? 0;
/** @param {any} view @param {any} before */
const came = (view, before) =>
  view.popup.running?.cue && view.popup.running.cue.number !== before?.popup.running?.cue?.number;
/** Whether the prompt on screen comes back from its rest. @param {any} view @param {number} now */
export const isOffered = (view, now) =>
  view?.resting.some(
    (/** @type {any} */ entry) => entry.cue === view.popup.running?.cue?.cue && entry.until !== null && entry.until <= now,
  );
/** The resting entry of the prompt that was on screen, if there is one. @param {any} view @param {any} before */
const isOut = (view, before) =>
  view.resting.find((/** @type {any} */ entry) => entry.cue === before.popup.running.cue.cue);

/** A counter, and a function that makes a watcher to feed it each step of an engine. */
export function happenings() {
  const happened = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, 0]));
  const watch = () => {
    /** @type {any} */
    let before;
    return (/** @type {number} */ now, /** @type {any} */ view, /** @type {any} */ input) => {
      for (const [kind, isOne] of Object.entries(kinds)) if (isOne({ now, view, input, before })) happened[kind] += 1;
      before = view;
    };
  };
  return { happened, watch };
}
