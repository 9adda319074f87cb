//! Changes as they are written down, in JSON, and read again.
//!
//! What is not known is refused, not passed over: a newer version that knows more must not lose it to an older one.

use super::{Changes, ItemChange, ProfileChange, PromptChange};
use crate::by_id::ById;
use crate::deck::Problem;
use crate::json::Json;
use crate::text::Message;

/// The form that changes are written in; a newer one is refused, not misread.
const FORMAT: &str = "attune-changes/1";
/// The longest text of changes, in bytes.
const TEXT_BYTES_MAX: usize = 1 << 20;

/// The fields of a change; what it does not change is null.
pub(super) type Fields<'a> = Vec<(&'static str, Json<'a>)>;

impl Changes {
    /// Reads changes as [`Changes::to_json`] wrote them.
    ///
    /// # Errors
    /// A text that is damaged, comes from a newer version, or says more than anyone could have changed.
    pub fn from_json(text: &str) -> Result<Changes, Problem> {
        if text.len() > TEXT_BYTES_MAX {
            let message = Message::with("change_file_big", [(TEXT_BYTES_MAX >> 20).to_string()]);
            return Err(Problem::of_file(1, message));
        }
        let changes = Json::parse(text).ok().and_then(|json| Changes::read(&json));
        let changes = changes.ok_or_else(|| Problem::of_file(1, Message::plain("change_not_readable")))?;
        changes.too_many().map_or(Ok(changes), Err)
    }

    /// The changes as text.
    pub fn to_json(&self) -> String {
        self.written().to_line()
    }

    pub(crate) fn read(json: &Json<'_>) -> Option<Changes> {
        let mut changes = Changes::default();
        json.get("format").filter(|format| format.as_text() == Some(FORMAT))?;
        for (name, value) in json.as_object()? {
            match &**name {
                "format" => {}
                "prompts" => changes.prompts = ById::read(value, PromptChange::read)?,
                "items" => changes.items = ById::read(value, ItemChange::read)?,
                "profiles" => changes.profiles = ById::read(value, ProfileChange::read)?,
                "own_prompts" => changes.own_prompts = own_rows(value)?,
                "own_items" => changes.own_items = own_rows(value)?,
                _ => return None,
            }
        }
        Some(changes)
    }

    pub(crate) fn written(&self) -> Json<'_> {
        let own = |rows: &[Json<'static>]| (!rows.is_empty()).then(|| Json::list(rows.to_vec())).into();
        Json::object(vec![
            ("format", FORMAT.into()),
            ("prompts", self.prompts.written(|change| off_and(change.off, change.fields()))),
            ("items", self.items.written(|change| off_and(change.off, change.fields()))),
            ("profiles", self.profiles.written(|change| Json::object(change.fields()))),
            ("own_prompts", own(&self.own_prompts)),
            ("own_items", own(&self.own_items)),
        ])
    }
}

fn own_rows(json: &Json<'_>) -> Option<Vec<Json<'static>>> {
    Some(json.as_list()?.iter().map(Json::owned).collect())
}

fn off_and(off: bool, fields: Fields<'_>) -> Json<'_> {
    Json::object([vec![("off", off.then_some(true).into())], fields].concat())
}

impl PromptChange {
    pub(super) fn fields(&self) -> Fields<'_> {
        vec![
            ("cue", self.cue.as_deref().into()),
            ("text", self.text.as_deref().into()),
            ("say", self.say.as_deref().into()),
            ("label", self.label.as_deref().into()),
            ("from_min", self.from_min.into()),
            ("to_min", self.to_min.into()),
            ("repeat_every_min", self.repeat_every_min.into()),
            ("max_per_session", self.max_per_session.into()),
        ]
    }

    fn read(json: &Json<'_>) -> Option<PromptChange> {
        let mut change = PromptChange::default();
        for (name, value) in json.as_object()? {
            match &**name {
                "off" => change.off = value.as_flag()?,
                "cue" => change.cue = Some(value.as_text()?.to_owned()),
                "text" => change.text = Some(value.as_text()?.to_owned()),
                "say" => change.say = Some(value.as_text()?.to_owned()),
                "label" => change.label = Some(value.as_text()?.to_owned()),
                "from_min" => change.from_min = Some(value.as_number()?),
                "to_min" => change.to_min = Some(value.as_number()?),
                "repeat_every_min" => change.repeat_every_min = Some(value.as_number()?),
                "max_per_session" => change.max_per_session = Some(value.as_number()?),
                _ => return None,
            }
        }
        Some(change)
    }
}

impl ItemChange {
    pub(super) fn fields(&self) -> Fields<'_> {
        vec![("label", self.label.as_deref().into()), ("explanation", self.explanation.as_deref().into())]
    }

    fn read(json: &Json<'_>) -> Option<ItemChange> {
        let mut change = ItemChange::default();
        for (name, value) in json.as_object()? {
            match &**name {
                "off" => change.off = value.as_flag()?,
                "label" => change.label = Some(value.as_text()?.to_owned()),
                "explanation" => change.explanation = Some(value.as_text()?.to_owned()),
                _ => return None,
            }
        }
        Some(change)
    }
}

impl ProfileChange {
    pub(super) fn fields(&self) -> Fields<'_> {
        vec![
            ("timed_per_50_min", self.timed_per_50_min.into()),
            ("checklist_per_50_min", self.checklist_per_50_min.into()),
            ("gap_min", self.gap_min.into()),
        ]
    }

    fn read(json: &Json<'_>) -> Option<ProfileChange> {
        let mut change = ProfileChange::default();
        for (name, value) in json.as_object()? {
            match &**name {
                "timed_per_50_min" => change.timed_per_50_min = Some(value.as_number()?),
                "checklist_per_50_min" => change.checklist_per_50_min = Some(value.as_number()?),
                "gap_min" => change.gap_min = Some(value.as_number()?),
                _ => return None,
            }
        }
        Some(change)
    }
}
