//! How a cue looks on the strip: how much of it comes by itself, how large it is, and how strongly it stands out.
//!
//! All of it stays readable over any picture: `tests/look.rs` calculates the contrast of every combination on white and
//! on black.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::engine::stored::Version;

/// How much of a cue comes by itself, and how large it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// The dot alone; the words come on a glance.
    Dot,
    /// A line of words, 15 px high.
    #[default]
    Line,
    /// The same in 20 px.
    Large,
}

/// How strongly words stand out from their background.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contrast {
    /// Warm and quiet.
    #[default]
    Soft,
    /// White on black.
    Strong,
}

/// How opaque a cue's background can be, in %. With less, words over a white page could not be read.
pub const OPACITIES: [u8; 4] = [70, 80, 90, 100];

const SIZES: [(&str, Size); 3] = [("dot", Size::Dot), ("line", Size::Line), ("large", Size::Large)];
const CONTRASTS: [(&str, Contrast); 2] = [("soft", Contrast::Soft), ("strong", Contrast::Strong)];
const ALOUD: &str = "aloud";

/// How a cue looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// The version of the stored record.
    pub version: Version,
    /// What comes by itself, and how large.
    pub size: Size,
    /// How opaque its background is, in %: one of [`OPACITIES`].
    #[serde(deserialize_with = "opacity")]
    pub opacity: u8,
    /// How strongly it stands out.
    pub contrast: Contrast,
    /// Whether a screen reader says what comes.
    pub aloud: bool,
}

impl Default for Look {
    fn default() -> Self {
        Look { version: Version, size: Size::default(), opacity: 90, contrast: Contrast::default(), aloud: false }
    }
}

fn opacity<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    let opacity = u8::deserialize(deserializer)?;
    if OPACITIES.contains(&opacity) { Ok(opacity) } else { Err(D::Error::custom("words on it could not be read")) }
}

impl Look {
    /// The words by which the strip's style sheet and the options' controls know it.
    pub fn written(&self) -> String {
        let Look { version: Version, size, opacity, contrast, aloud } = self;
        let mut words = Vec::new();
        words.extend(SIZES.iter().find(|(_, one)| one == size).map(|(name, _)| (*name).to_owned()));
        words.push(opacity.to_string());
        words.extend(CONTRASTS.iter().find(|(_, one)| one == contrast).map(|(name, _)| (*name).to_owned()));
        words.extend(aloud.then(|| ALOUD.to_owned()));
        words.join(" ")
    }

    /// Changes what this word names.
    pub fn take(&mut self, word: &str) {
        if let Some((_, size)) = SIZES.iter().find(|(name, _)| *name == word) {
            self.size = *size;
        } else if let Some((_, contrast)) = CONTRASTS.iter().find(|(name, _)| *name == word) {
            self.contrast = *contrast;
        } else if let Some(opacity) = word.parse().ok().filter(|opacity| OPACITIES.contains(opacity)) {
            self.opacity = opacity;
        } else if word == ALOUD {
            self.aloud = true;
        }
    }
}
