//! Ways in which a stored text can be damaged.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value};

/// One kind of damage. Positions are fractions of the text, or count its values.
#[derive(Clone, Debug)]
pub enum Damage {
    /// A bit flips.
    Flip(prop::sample::Index, u8),
    /// The text ends early.
    Cut(prop::sample::Index),
    /// A stretch is lost or repeated.
    Stretch(prop::sample::Index, usize, bool),
    /// Two values are swapped.
    Swap(prop::sample::Index, prop::sample::Index),
    /// A number or boolean changes.
    Alter(prop::sample::Index, u64),
    /// A value is replaced by any other.
    Set(prop::sample::Index, Value),
    /// A field or an entry is lost.
    Lose(prop::sample::Index),
}

pub fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let index = any::<prop::sample::Index>;
    let numbers = prop_oneof![
        any::<u64>(),
        0..10_u64,
        Just(u64::MAX),
        Just(u64::MAX - 1),
        Just(u64::from(u32::MAX)),
        Just(u64::from(u32::MAX) - 1),
        Just(u64::from(u16::MAX)),
        0..10_000_000_u64
    ];
    let values = prop_oneof![
        1 => any::<u64>().prop_map(Value::from),
        1 => Just(Value::from(-1)),
        1 => Just(Value::from(0.5)),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::from("nobody")),
        1 => Just(Value::Array(Vec::new())),
        1 => Just(Value::Object(Map::new())),
    ];
    let damage = prop_oneof![
        1 => (index(), 0..8_u8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        1 => index().prop_map(Damage::Cut),
        1 => (index(), 1..40_usize, any::<bool>()).prop_map(|(at, length, twice)| Damage::Stretch(at, length, twice)),
        5 => (index(), index()).prop_map(|(one, other)| Damage::Swap(one, other)),
        20 => (index(), numbers).prop_map(|(at, number)| Damage::Alter(at, number)),
        1 => (index(), values).prop_map(|(at, value)| Damage::Set(at, value)),
        1 => index().prop_map(Damage::Lose),
    ];
    vec(damage, 1..4)
}

impl Damage {
    /// The damaged text. A text that is not JSON any longer has no values to damage, so it stays as it is.
    pub fn to(&self, text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        if bytes.is_empty() {
            return String::new();
        }
        match self {
            Damage::Flip(at, bit) => {
                let at = at.index(bytes.len());
                bytes[at] ^= 1 << bit;
            }
            Damage::Cut(at) => bytes.truncate(at.index(bytes.len())),
            Damage::Stretch(at, length, twice) => {
                let at = at.index(bytes.len());
                let end = (at + length).min(bytes.len());
                let stretch = if *twice { bytes[at..end].repeat(2) } else { Vec::new() };
                bytes.splice(at..end, stretch);
            }
            Damage::Swap(..) | Damage::Alter(..) | Damage::Set(..) | Damage::Lose(_) => {
                let Ok(mut value) = serde_json::from_str::<Value>(text) else { return text.to_owned() };
                self.to_values(&mut value);
                return value.to_string();
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn to_values(&self, value: &mut Value) {
        let mut paths = Vec::new();
        collect(value, &mut String::new(), &mut paths);
        if paths.is_empty() {
            return;
        }
        let path = |index: &prop::sample::Index| paths[index.index(paths.len())].as_str();
        match self {
            Damage::Swap(one, other) => {
                let one = path(one);
                // Swap with a value of the same kind that does not contain this one or lie inside it.
                let kind = std::mem::discriminant(value.pointer(one).unwrap());
                let others: Vec<&String> = paths
                    .iter()
                    .filter(|path| std::mem::discriminant(value.pointer(path).unwrap()) == kind)
                    .filter(|path| !path.starts_with(one) && !one.starts_with(path.as_str()))
                    .collect();
                if others.is_empty() {
                    return;
                }
                let other = others[other.index(others.len())];
                let first = value.pointer(one).cloned().unwrap();
                let second = std::mem::replace(value.pointer_mut(other).unwrap(), first);
                *value.pointer_mut(one).unwrap() = second;
            }
            Damage::Alter(at, number) => {
                paths.retain(|path| value.pointer(path).is_some_and(|value| value.is_number() || value.is_boolean()));
                if paths.is_empty() {
                    return;
                }
                match value.pointer_mut(&paths[at.index(paths.len())]).unwrap() {
                    Value::Bool(truth) => *truth = !*truth,
                    other => *other = Value::from(*number),
                }
            }
            Damage::Set(at, new) => *value.pointer_mut(path(at)).unwrap() = new.clone(),
            Damage::Lose(at) => {
                let (parent, name) = path(at).rsplit_once('/').unwrap();
                match value.pointer_mut(parent).unwrap() {
                    Value::Object(fields) => drop(fields.remove(&name.replace("~1", "/").replace("~0", "~"))),
                    Value::Array(list) => drop(list.remove(name.parse().unwrap())),
                    Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
                }
            }
            Damage::Flip(..) | Damage::Cut(_) | Damage::Stretch(..) => {}
        }
    }
}

/// The paths of all values below `value`.
fn collect(value: &Value, path: &mut String, paths: &mut Vec<String>) {
    let mut below = |name: &str, value: &Value| {
        let length = path.len();
        path.push('/');
        path.push_str(&name.replace('~', "~0").replace('/', "~1"));
        paths.push(path.clone());
        collect(value, path, paths);
        path.truncate(length);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| below(name, value)),
        Value::Array(list) => list.iter().enumerate().for_each(|(index, value)| below(&index.to_string(), value)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
