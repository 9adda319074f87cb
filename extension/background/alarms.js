// @ts-check
// Alarms wake the worker. Each stands behind a more exact timer, of a surface or of the worker.

/** How long, in ms, after the timer: this way they don't both wake the worker for the same thing. */
const behind = 5000;

/**
 * @param {'wake' | 'calls'} name
 * @param {number | null} at when the timer fires, in ms since the Unix epoch; null clears the alarm
 */
export async function setAlarm(name, at) {
  if (at === null) await chrome.alarms.clear(name);
  else await chrome.alarms.create(name, { when: at + behind });
}
