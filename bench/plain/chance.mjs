// @ts-check
// Repeatable chance: a hash of a seed and of what the number is for.

/** A whole number below 2^32. @param {number} seed @param {number} salt */
export function number(seed, salt) {
  let x = seed ^ Math.imul(salt, 0x9e3779b9);
  x ^= x >>> 16;
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** A whole number from 0 to `width`, inclusive. @param {number} seed @param {number} salt @param {number} width */
export function upTo(seed, salt, width) {
  return Math.floor((number(seed, salt) * (width + 1)) / 2 ** 32);
}
