//! How many cases each property is tried on.
//!
//! Every run uses the same cases. `PROPTEST_CASES=200000 PROPTEST_RNG_SEED=7 cargo test` tries more.

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

/// Tries a property on 10,000 cases, or on the number that the environment sets. Returns how many.
pub fn holds<S: Strategy>(strategy: S, property: impl Fn(S::Value)) -> usize {
    let variable = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
    let cases = variable("PROPTEST_CASES").unwrap_or(10_000);
    let config = ProptestConfig {
        cases: cases as u32,
        rng_seed: RngSeed::Fixed(variable("PROPTEST_RNG_SEED").unwrap_or(1)),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let result = TestRunner::new(config).run(&strategy, |case| {
        property(case);
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
    cases as usize
}
