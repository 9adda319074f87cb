//! One therapy hour: when a prompt may come, which one comes next, and why.
//!
//! | module | what it decides |
//! | --- | --- |
//! | [`session`] | the life of a prompt, answers, holds, pauses, sleep |
//! | [`pacing`] | which prompt comes next and when: budgets, gaps, rotation, expiry |
//! | [`plan`] | a deck's minutes in a session of any length, and the slots of its working phase |
//! | [`fading`] | how answers change what comes: a prompt that the therapist does anyway comes less often |
//! | [`reason`] | *why now*, in one sentence |
//! | [`chance`] | chance from a seed, so that an hour can be repeated |

pub mod chance;
pub mod fading;
pub mod pacing;
pub mod plan;
pub mod reason;
pub mod session;
pub mod table;
