//! Reads JSON values into types with little code.
//!
//! The browser's engine holds well over a hundred types that are read from JSON. `serde_json` can read each from an
//! object and from an array, names each field by text, bytes and number, and words each mistake; that is more than
//! half of the code of a reader, and none of it is needed for text that a test has read already. This reader takes
//! objects only, and says of a mistake no more than what kind it is.
//!
//! What it accepts is a part of what `serde_json` accepts, with the same result; tests compare the two.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde_json::{Map, Value};
use std::fmt;

/// Why a value cannot be read, by its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unread(&'static str);

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Unread {}

/// Nothing is made from what serde offers to say, so that the code that would word it is left out.
impl serde::de::Error for Unread {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self("a value that is not allowed")
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self("a value of another kind")
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self("a value out of range")
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self("a list of another length")
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self("an unknown word")
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self("an unknown field")
    }

    fn missing_field(field: &'static str) -> Self {
        Self(field)
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self("a field given twice")
    }
}

/// Reads a value.
///
/// # Errors
/// If the value does not have the shape of `T`; what is missing, or what kind of mistake it is.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Unread> {
    T::deserialize(Lean(value))
}

#[derive(Clone, Copy)]
struct Lean<'v>(&'v Value);

impl<'v> Lean<'v> {
    fn list(self) -> Result<List<'v>, Unread> {
        self.0.as_array().map(|list| List(list.iter())).ok_or(Unread("no list"))
    }

    fn object(self) -> Result<Object<'v>, Unread> {
        self.0.as_object().map(Object::new).ok_or(Unread("no object"))
    }

    fn text(self) -> Result<&'v str, Unread> {
        self.0.as_str().ok_or(Unread("no text"))
    }
}

/// Whole numbers are read at full width; serde's visitors of the narrower ones check the range.
macro_rules! whole_numbers {
    ($($name:ident)*) => { $(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
            match (self.0.as_u64(), self.0.as_i64()) {
                (Some(number), _) => visitor.visit_u64(number),
                (None, Some(number)) => visitor.visit_i64(number),
                (None, None) => Err(Unread("no whole number")),
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
        match self.0 {
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
        visitor.visit_bool(self.0.as_bool().ok_or(Unread("neither true nor false"))?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_f64(self.0.as_f64().ok_or(Unread("no number"))?)
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
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        let mut list = self.list()?;
        let value = visitor.visit_seq(&mut list)?;
        if list.0.len() == 0 { Ok(value) } else { Err(Unread("a list of another length")) }
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
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        visitor.visit_map(self.object()?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        match self.0 {
            Value::Object(map) if map.len() == 1 => {
                visitor.visit_enum(map.iter().next().map(|(word, value)| Word(word, Some(value))).ok_or(Unread(""))?)
            }
            _ => visitor.visit_enum(Word(self.text()?, None)),
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
        self.0.next().map(|value| seed.deserialize(Lean(value))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
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
        seed.deserialize(Lean(self.value))
    }
}

/// The key of an object, or a word that stands for a variant, with what it holds.
#[derive(Clone, Copy)]
struct Word<'v>(&'v str, Option<&'v Value>);

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
        if self.1.is_none_or(Value::is_null) { Ok(()) } else { Err(Unread("a word with more to it")) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unread> {
        seed.deserialize(Lean(self.1.ok_or(Unread("a word with nothing to it"))?))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unread> {
        Lean(self.1.ok_or(Unread("a word with nothing to it"))?).deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_map(Lean(self.1.ok_or(Unread("a word with nothing to it"))?).object()?)
    }
}
