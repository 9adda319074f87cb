// @ts-check
// Reads a deck: minutes and seconds become milliseconds, references become indices. It checks nothing.

/** @typedef {'nonverbal' | 'verbal' | 'reflective'} Kind */
/** @typedef {'first' | 'early' | 'ongoing'} SessionKind */
/** @typedef {'video' | 'sound'} Channel */
/** @typedef {{anchor: 'start' | 'end', from: number, to: number, repeat: number | null, max: number, cooldown: number,
 *   expires: number}} Timing */
/** @typedef {{id: string, kind: Kind, cue: string, text: string, say: string | null, reason: string | null,
 *   priority: number, dwell: number, trigger: 'timer' | 'checklist' | 'moment', timing: Timing | null,
 *   moment: {label: string, crisis: boolean} | null, profiles: string[], kinds: SessionKind[] | null,
 *   channels: Channel[] | null, ongoingEvery: number, item: number | null}} Prompt */
/** @typedef {{id: string, label: string, forWhom: string, timed: number, checklist: number, gap: number, inARow: number,
 *   closingPriority: number, wordsByThemselves: boolean}} Profile */
/** @typedef {{id: string, phase: string, label: string, explanation: string, applies: string, core: boolean,
 *   channels?: Channel[]}} Item */
/** @typedef {{openingQuiet: number, closing: number, closingQuiet: number, checklistGap: number, jitter: number,
 *   wait: number, dot: number}} Rules */
/** @typedef {{rules: Rules, profiles: Profile[], checklist: Item[], prompts: Prompt[]}} Deck */

/** @param {number} count */
const minutes = (count) => Math.round(count * 60_000);

/** @param {string} text @returns {Deck} */
export function readDeck(text) {
  const { rules, profiles, checklist, prompts } = JSON.parse(text);
  /** @type {Map<string, number>} */
  const items = new Map(checklist.map((/** @type {Item} */ item, /** @type {number} */ index) => [item.id, index]));
  return {
    rules: {
      openingQuiet: minutes(rules.opening_quiet_min),
      closing: minutes(rules.closing_min),
      closingQuiet: minutes(rules.closing_quiet_min),
      checklistGap: minutes(rules.checklist_gap_min),
      jitter: rules.jitter_s * 1000,
      wait: rules.wait_s * 1000,
      dot: rules.dot_s * 1000,
    },
    profiles: profiles.map((/** @type {any} */ row) => ({
      id: row.id,
      label: row.label,
      forWhom: row.for_whom,
      timed: row.timed_per_50_min,
      checklist: row.checklist_per_50_min,
      gap: minutes(row.gap_min),
      inARow: row.same_kind_in_a_row,
      closingPriority: row.closing_priority,
      wordsByThemselves: row.words_by_themselves,
    })),
    checklist,
    prompts: prompts.map((/** @type {any} */ row) => ({
      id: row.id,
      kind: row.kind,
      cue: row.cue,
      text: row.text,
      say: row.say ?? null,
      reason: row.reason ?? null,
      priority: row.priority,
      dwell: row.dwell_s * 1000,
      trigger: row.trigger,
      timing: row.timing ? readTiming(row.timing) : null,
      moment: row.moment ? { label: row.moment.label, crisis: row.moment.crisis ?? false } : null,
      profiles: row.enabled_in,
      kinds: row.session_kinds ?? null,
      channels: row.channels ?? null,
      ongoingEvery: row.ongoing_every ?? 1,
      item: items.get(row.unless_ticked) ?? null,
    })),
  };
}

/** @param {any} row @returns {Timing} */
function readTiming(row) {
  return {
    anchor: row.anchor,
    from: minutes(row.from_min),
    to: minutes(row.to_min),
    repeat: row.repeat_every_min ? minutes(row.repeat_every_min) : null,
    max: row.max_per_session,
    cooldown: minutes(row.cooldown_min),
    expires: minutes(row.expires_after_min),
  };
}

/** Whether a prompt or an item suits a call. @param {{channels?: Channel[] | null}} row @param {Channel} channel */
export function suits({ channels }, channel) {
  return !channels || channels.includes(channel);
}
