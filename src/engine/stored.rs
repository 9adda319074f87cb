//! What all stored records have in common.

use serde::{Deserialize, Serialize};

/// The version of a stored record. So far there is only one, and reading refuses any other. Every later version of
/// Attune must read all earlier records: see CONTRIBUTING.md.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Version;

const NUMBER: u32 = 1;

impl From<Version> for u32 {
    fn from(Version: Version) -> u32 {
        NUMBER
    }
}

impl TryFrom<u32> for Version {
    type Error = String;
    fn try_from(number: u32) -> Result<Version, String> {
        if number == NUMBER { Ok(Version) } else { Err(format!("a record of version {number}")) }
    }
}
