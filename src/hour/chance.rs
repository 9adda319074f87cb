//! Repeatable chance: the same seed and salt always give the same number.
//!
//! A generator would have a state that a snapshot could lose, so each number is a hash of the session's seed and of
//! what the number is for. The mixing function is the public-domain 32-bit finaliser "lowbias32"; 32 bits keep it exact
//! in any language.

/// A number for `salt` under `seed`, evenly spread over all of `u32`.
pub const fn number(seed: u32, salt: u32) -> u32 {
    let mut x = seed ^ salt.wrapping_mul(0x9e37_79b9);
    x ^= x >> 16;
    x = x.wrapping_mul(0x7feb_352d);
    x ^= x >> 15;
    x = x.wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}

/// A whole number from `0` to `width`, inclusive.
pub const fn up_to(seed: u32, salt: u32, width: u64) -> u64 {
    // 32 random bits times a width below 2^31 ms (24 days) fit in 64 bits.
    (number(seed, salt) as u64 * (width + 1)) >> 32
}
