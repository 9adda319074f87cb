//! One therapy hour: when something may come, what comes next, and why.
//!
//! | module | what it decides |
//! | --- | --- |
//! | [`session`] | the life of a prompt, answers, holds, pauses, sleep |
//! | [`pacing`] | which prompt comes next and when: budgets, gaps, rotation, expiry |
//! | [`plan`] | a deck's minutes in a session of any length, and the slots of its working phase |
//! | [`fading`] | what answers teach: a prompt that is done anyway comes less often |
//! | [`reason`] | *why now*, in one sentence |
//! | [`chance`] | chance by seed, so that an hour can be repeated |

pub mod chance;
pub mod fading;
pub mod pacing;
pub mod plan;
pub mod reason;
pub mod session;
pub mod table;
