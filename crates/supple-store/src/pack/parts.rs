//! What the packed bodies are made of. A field or a variant that is added is a mistake here until it is packed too.

use super::{Packer, Unpacker};
use jiff::civil::Date;
use supple_core::body::{Area, RegionId, Side};
use supple_core::dose::Dose;
use supple_core::event::{
    Answer, BlockEnd, BlockFinished, CheckedIn, NextDayReported, QuestionAnswered, SessionEnded, SessionStarted,
    Soreness,
};
use supple_core::knowledge::{Goal, ToolId};
use supple_core::unit::{Felt, SessionMinutes};

/// Something that can be packed and comes back the same.
pub(crate) trait Pack: Sized {
    fn pack(&self, to: &mut Packer);
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self>;
}

macro_rules! whole_numbers {
    ($($number:ty),+) => { $(
        impl Pack for $number {
            fn pack(&self, to: &mut Packer) {
                to.number(u64::from(*self));
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                from.number()?.try_into().ok()
            }
        }
    )+ };
}

macro_rules! signed_numbers {
    ($($number:ty),+) => { $(
        impl Pack for $number {
            /// The sign is the lowest bit, so that small numbers are short.
            fn pack(&self, to: &mut Packer) {
                let wide = i64::from(*self);
                to.number((wide.unsigned_abs().wrapping_sub(u64::from(wide < 0)) << 1) | u64::from(wide < 0));
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                let number = from.number()?;
                let half = i64::try_from(number >> 1).ok()?;
                (if number & 1 == 1 { -half - 1 } else { half }).try_into().ok()
            }
        }
    )+ };
}

whole_numbers!(u8, u16, u32, u64);
signed_numbers!(i8, i16, i32, i64);

impl Pack for bool {
    fn pack(&self, to: &mut Packer) {
        u8::from(*self).pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        match u8::unpack(from)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Pack for String {
    fn pack(&self, to: &mut Packer) {
        to.text(self);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        from.text().map(str::to_owned)
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, to: &mut Packer) {
        self.is_some().pack(to);
        if let Some(what) = self {
            what.pack(to);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        if bool::unpack(from)? { T::unpack(from).map(Some) } else { Some(None) }
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, to: &mut Packer) {
        to.number(self.len() as u64);
        for what in self {
            what.pack(to);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let count = usize::try_from(from.number()?).ok()?;
        // Each takes a byte at least: a number that is damaged does not ask for all the memory there is.
        let mut all = Self::with_capacity(count.min(from.rest.len()));
        for _ in 0..count {
            all.push(T::unpack(from)?);
        }
        Some(all)
    }
}

impl Pack for Date {
    fn pack(&self, to: &mut Packer) {
        self.year().pack(to);
        self.month().pack(to);
        self.day().pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Self::new(Pack::unpack(from)?, Pack::unpack(from)?, Pack::unpack(from)?).ok()
    }
}

impl Pack for Felt {
    fn pack(&self, to: &mut Packer) {
        self.get().pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Self::new(Pack::unpack(from)?).ok()
    }
}

impl Pack for SessionMinutes {
    fn pack(&self, to: &mut Packer) {
        self.get().pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Self::new(Pack::unpack(from)?).ok()
    }
}

/// Words of a list, by their place in it.
macro_rules! words {
    ($($name:ident),+) => { $(
        impl Pack for $name {
            fn pack(&self, to: &mut Packer) {
                (*self as u8).pack(to);
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                Self::ALL.get(usize::from(u8::unpack(from)?)).copied()
            }
        }
    )+ };
}

words!(RegionId, ToolId);

/// Enums without a list of their own, and structs; with what they look like, in words.
macro_rules! shapes {
    ($(enum $word:ident { $($variant:ident),+ })+ $(struct $name:ident { $($field:ident),+ })+) => {
        $(
            impl Pack for $word {
                fn pack(&self, to: &mut Packer) {
                    (*self as u8).pack(to);
                    match self { $(Self::$variant)|+ => {} } // every variant stands below
                }

                fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                    const ALL: &[$word] = &[$($word::$variant),+];
                    let number = u8::unpack(from)?;
                    ALL.iter().copied().find(|word| *word as u8 == number)
                }
            }
        )+
        $(
            impl Pack for $name {
                fn pack(&self, to: &mut Packer) {
                    let Self { $($field),+ } = self;
                    $($field.pack(to);)+
                }

                fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                    $(let $field = Pack::unpack(from)?;)+
                    Some(Self { $($field),+ })
                }
            }
        )+

        /// What is packed, in order: another order or another name makes another program.
        pub(crate) const SHAPES: &[&str] = &[
            $(stringify!($word { $($variant),+ }),)+
            $(stringify!($name { $($field),+ }),)+
        ];
    };
}

shapes! {
    enum Answer { Yes, No, Unknown }
    enum Side { Left, Right, Both, Midline }
    enum BlockEnd { Completed, Shortened, Skipped, Stopped }
    enum Goal { WarmUp, Mobility, Recovery, WindDown }
    struct Area { region, side }
    struct Soreness { region, side, felt }
    struct Dose {
        technique, region, side, tool, sets, seconds_per_set, rest_seconds, felt_target, felt_cap, seconds_per_pass,
        spots, hold_seconds
    }
    struct QuestionAnswered { caution, text_version, answer, side, areas, clinician_agreed_on, since }
    struct CheckedIn { goal, minutes, soreness, tight, wants, avoid }
    struct SessionStarted { session, goal, doses }
    struct BlockFinished { session, block, technique, region, side, seconds, end, lighter_steps, felt }
    struct SessionEnded { session, completed }
    struct NextDayReported { region, side, soreness, bruise }
}
