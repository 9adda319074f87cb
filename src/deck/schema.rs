//! The deck format as a JSON Schema (draft 2020-12), made of the names and numbers that the reader itself uses.
//!
//! An editor can point at most mistakes with it while a deck is written. What a schema cannot say, the reader does: that
//! ids are there and come once, that windows open before they close, that a profile can show what it claims, and how
//! many characters a text has as people count them.

use serde_json::{Map, Value, json};

use super::format::{
    ANCHORS, APPLIES, BUDGET, BYTES_PER_CHARACTER, Bounds, CHECKLIST_GAP_MIN, CLOSING_MIN, CLOSING_QUIET_MIN,
    COOLDOWN_MIN, DECK, DOT_S, DWELL_S, ELEMENT, EXPIRES_AFTER_MIN, Fields, GAP_MIN, ID_MAX, ITEM, JITTER_S, KINDS,
    LIST_MAX, MAX_PER_SESSION, MOMENT, NOTE_MAX, ONGOING_EVERY, OPENING_QUIET_MIN, PHASES, PRIORITY, PROFILE,
    PROFILES_MAX, PROMPT, REPEAT_EVERY_MIN, RULES, SAME_KIND_IN_A_ROW, SESSION_KINDS, TEXT_MAX, TIMING, TRIGGERS,
    UNSEEN, WAIT_S, WINDOW_MIN,
};
use super::{CUE_MAX, FORMAT, LABEL_MAX};

/// The schema of a deck file, as text.
pub fn schema() -> String {
    let mut schema = deck();
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = "Attune deck".into();
    schema["description"] =
        "Everything Attune may say, and the numbers that pace it. Minutes are those of a 50-minute \
        hour and are fitted to other lengths."
            .into();
    schema["$defs"] = json!({
        "id": {
            "type": "string", "maxLength": ID_MAX, "pattern": "^[a-z0-9._-]+$",
            "description": "A lasting name: small letters a to z, digits, dots, dashes and underscores."
        },
        "text": one_line(TEXT_MAX),
        "label": one_line(LABEL_MAX),
        "cue": one_line(CUE_MAX),
        "note": one_line(NOTE_MAX),
    });
    format!("{schema:#}\n")
}

/// A text on one line. A schema counts code points, of which one character can have many: only what no reader could
/// count as short enough is refused.
fn one_line(max: usize) -> Value {
    let unseen: String = UNSEEN.iter().map(|(first, last)| format!("{first}-{last}")).collect();
    json!({
        "type": "string",
        "maxLength": max * BYTES_PER_CHARACTER,
        "description": format!("One line of at most {max} characters as people count them."),
        "allOf": [
            {"pattern": "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$"},
            {"pattern": format!("[^\\s\\u0085{}]", escaped(&unseen))},
        ],
    })
}

/// A text with `\u` in place of all that cannot be seen.
fn escaped(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) }).collect()
}

/// An object with these fields and no others.
fn object(fields: &Fields, properties: Vec<(&str, Value, &str)>) -> Value {
    let described = properties.into_iter().map(|(name, schema, about)| {
        let mut schema = if fields.optional.contains(&name) { or_null(schema) } else { schema };
        schema["description"] = about.into();
        (name.to_owned(), schema)
    });
    let required: Vec<&str> = fields.known.iter().filter(|name| !fields.optional.contains(name)).copied().collect();
    json!({
        "type": "object",
        "properties": described.collect::<Map<String, Value>>(),
        "required": required,
        "additionalProperties": false,
    })
}

/// What may be left out may be null as well.
fn or_null(mut schema: Value) -> Value {
    match schema.get("type").cloned() {
        Some(kind) => schema["type"] = json!([kind, "null"]),
        None => schema = json!({"anyOf": [schema, {"type": "null"}]}),
    }
    schema
}

fn defined(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

fn number(bounds: Bounds) -> Value {
    json!({"type": "number", "minimum": plain(bounds.least), "maximum": plain(bounds.most)})
}

/// A number as people write it: 3, not 3.0.
fn plain(number: f64) -> Value {
    if number.fract() == 0.0 { json!(number as i64) } else { json!(number) }
}

fn whole(bounds: Bounds) -> Value {
    json!({"type": "integer", "minimum": plain(bounds.least), "maximum": plain(bounds.most)})
}

fn flag() -> Value {
    json!({"type": "boolean"})
}

fn one_of<T>(names: &[(&str, T)]) -> Value {
    json!({"enum": names.iter().map(|(name, _)| *name).collect::<Vec<_>>()})
}

fn list(of: Value, least: usize, most: usize) -> Value {
    json!({"type": "array", "items": of, "minItems": least, "maxItems": most})
}

fn deck() -> Value {
    object(
        &DECK,
        vec![
            ("format", json!({"const": FORMAT}), "What kind of file this is."),
            ("title", defined("label"), "What the deck is called."),
            (
                "language",
                json!({"type": "string", "maxLength": LABEL_MAX, "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"}),
                "The language of its texts as a tag: en, es, pt-BR.",
            ),
            ("notes", list(defined("note"), 0, LIST_MAX), "For whoever opens the file. Attune never shows them."),
            ("rules", rules(), "Pacing rules for every profile."),
            ("elements", list(element(), 0, LIST_MAX), "The parts of the therapeutic relationship that prompts serve."),
            ("profiles", list(profile(), 1, PROFILES_MAX), "How densely to prompt."),
            ("checklist", list(item(), 0, LIST_MAX), "Things to have done before, during or after."),
            ("prompts", list(prompt(), 1, LIST_MAX), "Things Attune may suggest."),
        ],
    )
}

fn rules() -> Value {
    object(
        &RULES,
        vec![
            ("opening_quiet_min", number(OPENING_QUIET_MIN), "No timed prompt in the first so many minutes."),
            ("closing_min", number(CLOSING_MIN), "In the last so many minutes only important prompts come."),
            ("closing_quiet_min", number(CLOSING_QUIET_MIN), "In the last so many minutes nothing comes at all."),
            (
                "checklist_gap_min",
                number(CHECKLIST_GAP_MIN),
                "The least minutes between a checklist prompt and any other.",
            ),
            ("jitter_s", whole(JITTER_S), "How many seconds a timed prompt may stray from the middle of its slot."),
            ("wait_s", whole(WAIT_S), "How many seconds the dot waits before the words come by themselves."),
            ("dot_s", whole(DOT_S), "How many seconds the dot stays where the words come only on the glance key."),
        ],
    )
}

fn element() -> Value {
    object(
        &ELEMENT,
        vec![
            ("id", defined("id"), "The name that prompts and items refer to."),
            ("label", defined("label"), "What people read."),
            ("about", defined("text"), "One sentence on what it means."),
        ],
    )
}

fn profile() -> Value {
    object(
        &PROFILE,
        vec![
            ("id", defined("id"), "The name that prompts refer to."),
            ("label", defined("label"), "What people read."),
            ("for_whom", defined("text"), "Whom it suits."),
            ("timed_per_50_min", whole(BUDGET), "Timed prompts in 50 minutes, at most."),
            ("checklist_per_50_min", whole(BUDGET), "Checklist prompts in 50 minutes, at most."),
            ("gap_min", number(GAP_MIN), "The least minutes from whatever came last to a timed prompt."),
            ("same_kind_in_a_row", whole(SAME_KIND_IN_A_ROW), "How many timed prompts of one kind may come in a row."),
            ("closing_priority", whole(PRIORITY), "The least priority that may come in the closing minutes."),
            (
                "words_by_themselves",
                flag(),
                "Whether the words follow the dot by themselves; if not, the glance key brings them.",
            ),
        ],
    )
}

fn item() -> Value {
    object(
        &ITEM,
        vec![
            ("id", defined("id"), "The name that prompts refer to."),
            ("phase", one_of(&PHASES), "When it belongs."),
            ("label", defined("label"), "What people read."),
            ("explanation", defined("text"), "One or two sentences more."),
            ("applies", one_of(&APPLIES), "Which sessions it belongs to."),
            ("core", flag(), "Whether it is one of the few that should not be missed."),
            ("element", defined("id"), "The id of the element it serves."),
            ("basis", defined("text"), "Where the idea comes from."),
        ],
    )
}

fn prompt() -> Value {
    let mut prompt = object(
        &PROMPT,
        vec![
            ("id", defined("id"), "Its lasting name, by which answers are remembered."),
            ("kind", one_of(&KINDS), "What it asks: something to do with the body, to say, or to notice."),
            ("cue", defined("cue"), "The few words under the camera."),
            ("text", defined("text"), "The longer text on the card."),
            ("say", defined("text"), "One way to put it, if it is something to say."),
            ("reason", defined("text"), "Why it may help, in one sentence."),
            ("element", defined("id"), "The id of the element it serves."),
            ("also_serves", list(defined("id"), 0, LIST_MAX), "The ids of other elements it serves."),
            ("trigger", one_of(&TRIGGERS), "What brings it: its turn, an item not ticked yet, or the therapist."),
            ("priority", whole(PRIORITY), "From 1 (low) to 5 (high)."),
            ("timing", timing(), "When it may come; for the triggers timer and checklist."),
            ("moment", moment(), "What the therapist declares; for the trigger moment."),
            ("dwell_s", whole(DWELL_S), "How many seconds its words stay."),
            ("enabled_in", list(defined("id"), 1, LIST_MAX), "The ids of the profiles it belongs to."),
            (
                "session_kinds",
                list(one_of(&SESSION_KINDS), 1, LIST_MAX),
                "The kinds of session it belongs to; all of them, if left out.",
            ),
            (
                "ongoing_every",
                whole(ONGOING_EVERY),
                "In ongoing sessions it comes in at most one of so many; 1, if left out.",
            ),
            ("unless_ticked", defined("id"), "The id of the checklist item that makes it unnecessary."),
            ("basis", defined("text"), "Where the idea comes from."),
        ],
    );
    let triggered_by = |name: &str| json!({"properties": {"trigger": {"const": name}}, "required": ["trigger"]});
    prompt["allOf"] = json!([
        {
            "if": triggered_by("moment"),
            "then": {"required": ["moment"], "properties": {"moment": {"type": "object"}, "timing": {"type": "null"}}},
            "else": {"required": ["timing"], "properties": {"timing": {"type": "object"}, "moment": {"type": "null"}}},
        },
        {
            "if": triggered_by("checklist"),
            "then": {"required": ["unless_ticked"], "properties": {"unless_ticked": {"type": "string"}}},
        },
    ]);
    prompt
}

fn timing() -> Value {
    let mut timing = object(
        &TIMING,
        vec![
            ("anchor", one_of(&ANCHORS), "Which end of the session the window counts from."),
            ("from_min", number(WINDOW_MIN), "Where its window opens."),
            ("to_min", number(WINDOW_MIN), "Where its window closes: later, or with the anchor end a smaller number."),
            ("repeat_every_min", number(REPEAT_EVERY_MIN), "After how many minutes it may come again."),
            ("max_per_session", whole(MAX_PER_SESSION), "How often in one session."),
            ("cooldown_min", number(COOLDOWN_MIN), "The least minutes between two showings."),
            ("expires_after_min", number(EXPIRES_AFTER_MIN), "How long after it fell due it is still worth showing."),
        ],
    );
    timing["if"] = json!({"properties": {"max_per_session": {"minimum": 2}}, "required": ["max_per_session"]});
    timing["then"] = json!({"required": ["repeat_every_min"], "properties": {"repeat_every_min": {"type": "number"}}});
    timing
}

fn moment() -> Value {
    object(
        &MOMENT,
        vec![
            ("label", defined("label"), "What its button says."),
            ("crisis", flag(), "Whether it silences everything else until it is released; false, if left out."),
        ],
    )
}
