//! Repeatable chance: the same seed and salt always give the same number.
//!
//! There is no generator with a state that a snapshot could lose: each number is a hash of the session's seed and of
//! what it is for. The mixing is the public-domain 32-bit finaliser "lowbias32"; 32 bits keep it exact in any language.

/// A number for `salt` under `seed`, evenly spread over all of `u32`.
pub const fn number(seed: u32, salt: u32) -> u32 {
    let mut x = seed ^ salt.wrapping_mul(0x9e37_79b9);
    x ^= x >> 16;
    x = x.wrapping_mul(0x7feb_352d);
    x ^= x >> 15;
    x = x.wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}

/// A whole number from `0` to `width`, both included.
pub const fn up_to(seed: u32, salt: u32, width: u64) -> u64 {
    // 32 random bits times a width below 2^31 ms (24 days) stays within 64 bits.
    (number(seed, salt) as u64 * (width + 1)) >> 32
}
