//! Reads JSON into types with little code.
//!
//! The browser's engine holds well over a hundred types that are read from JSON. `serde_json` can read each from an
//! object and from an array, knows each field by text, bytes and number, and words each mistake; that is more than half
//! of the code of a reader. Here text becomes a value first, and a struct is read from the values of its fields in the
//! order in which they are declared, so that each type costs one short function.
//!
//! It is stricter than `serde_json`: a struct is an object, a field that nobody knows is a mistake whether or not the
//! type says so, and so is a field given twice. What it accepts, `serde_json` accepts with the same result; tests
//! compare the two. Renamed fields are fine; `alias` and `flatten` are not, since serde then gives no list of fields.

use serde::Deserialize;
use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::fmt;

/// Why a value cannot be read: the fields on the way to it, and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    fields: Vec<&'static str>,
    why: Cow<'static, str>,
}

impl Unread {
    #[cold]
    const fn because(why: &'static str) -> Self {
        Self { fields: Vec::new(), why: Cow::Borrowed(why) }
    }

    #[cold]
    fn naming(why: &'static str, name: &str) -> Self {
        Self { fields: Vec::new(), why: Cow::Owned([why, " `", name, "`"].concat()) }
    }

    #[cold]
    fn within(mut self, field: &'static str) -> Self {
        self.fields.push(field);
        self
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for field in self.fields.iter().rev() {
            f.write_str(field)?;
            f.write_str(": ")?;
        }
        f.write_str(&self.why)
    }
}

impl std::error::Error for Unread {}

/// Of what serde offers to say, only names and what our own types say of themselves.
impl serde::de::Error for Unread {
    #[cfg(feature = "whole")]
    fn custom<T: fmt::Display>(why: T) -> Self {
        Self { fields: Vec::new(), why: Cow::Owned(why.to_string()) }
    }

    /// The first engine shows nobody what it cannot read: the whole one reads it again. So it goes without the words.
    #[cfg(not(feature = "whole"))]
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::because("it cannot be read")
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::because("a value of another kind was expected")
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::because("this value is not allowed")
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self::because("a list of another length was expected")
    }

    fn unknown_variant(word: &str, _: &'static [&'static str]) -> Self {
        Self::naming("unknown word", word)
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::naming("unknown field", field)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::naming("missing field", field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::naming("duplicate field", field)
    }
}

/// Reads text.
///
/// # Errors
/// If it is no JSON, if an object has a field twice, or as [`from_value`].
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Unread> {
    from_value(&parse(text)?)
}

/// JSON as a value.
///
/// # Errors
/// If it is no JSON, or if an object has a field twice: nobody could say which one counts.
pub fn parse(text: &str) -> Result<Value, Unread> {
    serde_json::from_str::<Once>(text).map(|Once(value)| value).map_err(serde::de::Error::custom)
}

/// Reads a value.
///
/// # Errors
/// If the value does not have the shape of `T`; where, and what is wrong.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Unread> {
    T::deserialize(Lean { value, tag: "" })
}

/// Reads an object in which one field is not part of `T`: the tag that says which `T` it is.
///
/// # Errors
/// As [`from_value`].
pub fn from_tagged<T: DeserializeOwned>(value: &Value, tag: &'static str) -> Result<T, Unread> {
    T::deserialize(Lean { value, tag })
}

#[derive(Clone, Copy)]
struct Lean<'v> {
    value: &'v Value,
    /// A field that is passed over; empty for none.
    tag: &'static str,
}

impl<'v> Lean<'v> {
    const fn of(value: &'v Value) -> Self {
        Self { value, tag: "" }
    }

    fn list(self) -> Result<List<'v>, Unread> {
        self.value.as_array().map(|list| List(list.iter())).ok_or(Unread::because("a list was expected"))
    }

    fn map(self) -> Result<&'v Map<String, Value>, Unread> {
        self.value.as_object().ok_or(Unread::because("an object was expected"))
    }

    fn object(self) -> Result<Object<'v>, Unread> {
        self.map().map(Object::new)
    }

    /// Refuses what is no field, and gives the others in their order.
    fn fields(self, fields: &'static [&'static str]) -> Result<Fields<'v>, Unread> {
        let map = self.map()?;
        let unknown = map.keys().find(|key| *key != self.tag && !fields.contains(&key.as_str()));
        unknown.map_or(Ok(Fields { map, left: fields.iter(), missing: None }), |key| {
            Err(Unread::naming("unknown field", key))
        })
    }

    fn text(self) -> Result<&'v str, Unread> {
        self.value.as_str().ok_or(Unread::because("text was expected"))
    }
}

/// Whole numbers are read at full width; serde's visitors of the narrower ones check the range.
macro_rules! whole_numbers {
    ($($name:ident)*) => { $(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
            match (self.value.as_u64(), self.value.as_i64()) {
                (Some(number), _) => visitor.visit_u64(number),
                (None, Some(number)) => visitor.visit_i64(number),
                (None, None) => Err(Unread::because("a whole number was expected")),
            }
        }
    )* };
}

impl<'de> Deserializer<'de> for Lean<'de> {
    type Error = Unread;

    whole_numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(is) => visitor.visit_bool(*is),
            Value::Number(number) if number.is_f64() => self.deserialize_f64(visitor),
            Value::Number(_) => self.deserialize_u64(visitor),
            Value::String(text) => visitor.visit_str(text),
            Value::Array(list) => visitor.visit_seq(List(list.iter())),
            Value::Object(map) => visitor.visit_map(Object::new(map)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_bool(self.value.as_bool().ok_or(Unread::because("true or false was expected"))?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_f64(self.value.as_f64().ok_or(Unread::because("a number was expected"))?)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_str(self.text()?)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_str(self.text()?)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_str(self.text()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        let mut list = self.list()?;
        let value = visitor.visit_seq(&mut list)?;
        if list.0.len() == 0 { Ok(value) } else { Err(Unread::because("a list of another length was expected")) }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unread> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_map(self.object()?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        let mut left = self.fields(fields)?;
        visitor.visit_seq(&mut left).map_err(|error| left.missing.map_or(error, serde::de::Error::missing_field))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        match self.value.as_object().and_then(|map| map.iter().next().filter(|_| map.len() == 1)) {
            Some((word, value)) => visitor.visit_enum(Word(word, Some(value))),
            None => visitor.visit_enum(Word(self.text()?, None)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! { bytes byte_buf unit unit_struct tuple_struct }
}

struct List<'v>(std::slice::Iter<'v, Value>);

impl<'de> SeqAccess<'de> for List<'de> {
    type Error = Unread;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unread> {
        self.0.next().map(|value| seed.deserialize(Lean::of(value))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The fields of a struct in the order in which they are declared, as serde reads a struct from a list: without code
/// that looks at names.
struct Fields<'v> {
    map: &'v Map<String, Value>,
    left: std::slice::Iter<'static, &'static str>,
    /// A field that was asked for and is not there. Only an error if serde has no other value for it.
    missing: Option<&'static str>,
}

impl<'de> SeqAccess<'de> for &mut Fields<'de> {
    type Error = Unread;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unread> {
        let Some(field) = self.left.next() else { return Ok(None) };
        self.missing = None;
        if let Some(value) = self.map.get(*field) {
            return seed.deserialize(Lean::of(value)).map(Some).map_err(|error| error.within(field));
        }
        // An option that is not there is none. For all else serde takes the default, or fails at once.
        let none = seed.deserialize(Missing).ok();
        if none.is_none() {
            self.missing = Some(field);
        }
        Ok(none)
    }
}

/// What stands for a field that is not there.
struct Missing;

impl<'de> Deserializer<'de> for Missing {
    type Error = Unread;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unread> {
        Err(Unread::because("missing"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_none()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Object<'v> {
    left: serde_json::map::Iter<'v>,
    value: &'v Value,
}

impl<'v> Object<'v> {
    fn new(map: &'v Map<String, Value>) -> Self {
        Self { left: map.iter(), value: &Value::Null }
    }
}

impl<'de> MapAccess<'de> for Object<'de> {
    type Error = Unread;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unread> {
        let Some((key, value)) = self.left.next() else { return Ok(None) };
        self.value = value;
        seed.deserialize(Word(key, None)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unread> {
        seed.deserialize(Lean::of(self.value))
    }
}

/// The key of an object, or a word that stands for a variant, with what it holds.
#[derive(Clone, Copy)]
struct Word<'v>(&'v str, Option<&'v Value>);

impl<'v> Word<'v> {
    fn held(self) -> Result<Lean<'v>, Unread> {
        self.1.map(Lean::of).ok_or(Unread::because("a word with nothing to it"))
    }
}

impl<'de> Deserializer<'de> for Word<'de> {
    type Error = Unread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_str(self.0)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        visitor.visit_enum(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

impl<'de> EnumAccess<'de> for Word<'de> {
    type Error = Unread;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Unread> {
        let word: StrDeserializer<'de, Unread> = self.0.into_deserializer();
        Ok((seed.deserialize(word)?, self))
    }
}

impl<'de> VariantAccess<'de> for Word<'de> {
    type Error = Unread;

    fn unit_variant(self) -> Result<(), Unread> {
        if self.1.is_none_or(Value::is_null) { Ok(()) } else { Err(Unread::because("a word with more to it")) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unread> {
        seed.deserialize(self.held()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unread> {
        self.held()?.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        self.held()?.deserialize_struct("", fields, visitor)
    }
}

/// A value in which no object has a field twice.
pub(crate) struct Once(pub(crate) Value);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyValue;

        impl<'de> Visitor<'de> for AnyValue {
            type Value = Once;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_unit<E>(self) -> Result<Once, E> {
                Ok(Once(Value::Null))
            }

            fn visit_bool<E>(self, is: bool) -> Result<Once, E> {
                Ok(Once(is.into()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Once, E> {
                Ok(Once(number.into()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Once, E> {
                Ok(Once(number.into()))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Once, E> {
                Ok(Once(number.into()))
            }

            fn visit_str<E>(self, text: &str) -> Result<Once, E> {
                Ok(Once(text.into()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Once, A::Error> {
                let mut values = Vec::new();
                while let Some(Once(value)) = list.next_element()? {
                    values.push(value);
                }
                Ok(Once(Value::Array(values)))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Once, A::Error> {
                let mut map = Map::new();
                while let Some((field, Once(value))) = fields.next_entry::<String, Once>()? {
                    if map.contains_key(&field) {
                        return Err(serde::de::Error::custom(["duplicate field `", &field, "`"].concat()));
                    }
                    map.insert(field, value);
                }
                Ok(Once(Value::Object(map)))
            }
        }

        deserializer.deserialize_any(AnyValue)
    }
}
