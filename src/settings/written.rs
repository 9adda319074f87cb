//! Settings as they are written down, in JSON, and read again.

use super::{DeckId, Own, Settings, Shelf, Usual};
use crate::by_id::ById;
use crate::deck::SessionKind;
use crate::deck::changes::Changes;
use crate::engine::offer::{Offer, Setting};
use crate::json::Json;
use crate::settings::look::Look;
use crate::time::Timestamp;

impl Settings {
    /// Reads settings as [`Settings::to_json`] wrote them; nothing, if the text is damaged. What is not there is not
    /// set.
    pub fn from_json(text: &str) -> Option<Settings> {
        let json = Json::parse(text).ok()?;
        let mut settings = Settings::default();
        for (name, value) in json.as_object()? {
            match &**name {
                "changed" => settings.changed = Timestamp(value.as_number()? as u64),
                "usual" => settings.usual = Usual::read(value)?,
                "look" => settings.look = Look::read(value.as_text()?),
                "shelf" => settings.shelf = Shelf::read(value)?,
                "changes" => settings.changes = ById::read(value, Changes::read)?,
                _ => {}
            }
        }
        Some(settings)
    }

    /// The settings as text to be stored.
    pub fn to_json(&self) -> String {
        let json = Json::object(vec![
            ("changed", (self.changed.0 as f64).into()),
            ("usual", self.usual.written()),
            ("look", self.look.written().into()),
            ("shelf", self.shelf.written()),
            ("changes", self.changes.written(Changes::written)),
        ]);
        json.to_line()
    }
}

impl Usual {
    fn read(json: &Json<'_>) -> Option<Usual> {
        let mut usual = Usual::default();
        for (name, value) in json.as_object()? {
            match &**name {
                "minutes" => usual.minutes = Some(value.as_number()? as u16),
                "kind" => usual.kind = Some(SessionKind::called(value.as_text()?)?),
                "profile" => usual.profile = Some(value.as_text()?.to_owned()),
                _ => {}
            }
        }
        Some(usual)
    }

    fn written(&self) -> Json<'_> {
        Json::object(vec![
            ("minutes", self.minutes.map(f64::from).into()),
            ("kind", self.kind.map(SessionKind::name).into()),
            ("profile", self.profile.as_deref().into()),
        ])
    }
}

impl Offer {
    /// The offer as the engine reads it.
    pub fn written(&self) -> String {
        let named =
            |setting: &Setting| Setting::ALL.iter().find(|(_, known)| known == setting).map(|(name, _)| (*name).into());
        let locks = Json::object(vec![
            ("settings", Json::list(self.locks.settings.iter().filter_map(named).collect())),
            ("by", self.locks.by.as_str().into()),
        ]);
        let json = Json::object(vec![
            ("minutes", self.minutes.map(f64::from).into()),
            ("kind", self.kind.map(SessionKind::name).into()),
            ("profile", self.profile.as_deref().into()),
            ("locks", locks),
        ]);
        json.to_line()
    }
}

impl Shelf {
    fn read(json: &Json<'_>) -> Option<Shelf> {
        let mut shelf = Shelf::default();
        for (name, value) in json.as_object()? {
            match &**name {
                "own" => shelf.own = value.as_list()?.iter().map(Own::read).collect::<Option<_>>()?,
                "chosen" => shelf.chosen = Some(DeckId::called(value.as_text()?)?),
                "next" => shelf.next = value.as_number()? as u32,
                _ => {}
            }
        }
        Some(shelf)
    }

    fn written(&self) -> Json<'_> {
        Json::object(vec![
            ("own", Json::list(self.own.iter().map(Own::written).collect())),
            ("chosen", self.chosen.map(DeckId::name).into()),
            ("next", f64::from(self.next).into()),
        ])
    }
}

impl Own {
    fn read(json: &Json<'_>) -> Option<Own> {
        let number = json.get("number")?.as_number()? as u32;
        Some(Own { number, text: json.get("text")?.as_text()?.into() })
    }

    fn written(&self) -> Json<'_> {
        Json::object(vec![("number", f64::from(self.number).into()), ("text", (&*self.text).into())])
    }
}
