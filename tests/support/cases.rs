//! How many cases each property is tried on.
//!
//! Every run uses the same cases. `PROPTEST_CASES=200000 PROPTEST_RNG_SEED=7 cargo test` tries more.

#![allow(dead_code, clippy::panic)]

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

/// 10,000 cases, or as many as the environment says.
pub fn config() -> ProptestConfig {
    let variable = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
    ProptestConfig {
        cases: variable("PROPTEST_CASES").unwrap_or(10_000) as u32,
        rng_seed: RngSeed::Fixed(variable("PROPTEST_RNG_SEED").unwrap_or(1)),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Tries a property, and returns on how many cases.
pub fn holds<S: Strategy>(strategy: S, property: impl Fn(S::Value)) -> usize {
    let config = config();
    let cases = config.cases as usize;
    let result = TestRunner::new(config).run(&strategy, |case| {
        property(case);
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
    cases
}
