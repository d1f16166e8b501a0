use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that came up, and what follows for the programme. Nobody is asked why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Change {
    /// The days before today are over: what was not done moves to a later day of its week or is let go.
    Missed {
        /// Today.
        #[schemars(with = "String")]
        today: Date,
        /// Ids of the items that were done.
        done: Vec<String>,
    },
    /// An item goes to another day.
    Move {
        /// The item.
        item: String,
        /// The day.
        #[schemars(with = "String")]
        to: Date,
    },
    /// Two items change their days.
    Swap {
        /// One item.
        item: String,
        /// The other.
        with: String,
    },
    /// An item stays where it is, or need not any more.
    Pin {
        /// The item.
        item: String,
        /// Whether it stays.
        pinned: bool,
    },
    /// Only so many minutes on a day.
    Only {
        /// The day.
        #[schemars(with = "String")]
        date: Date,
        /// Minutes to spare, 0 to 240.
        minutes: u16,
    },
    /// Ill from one day to another: nothing on these days, and the seven days after are lighter.
    Ill {
        /// The first day.
        #[schemars(with = "String")]
        from: Date,
        /// The last day.
        #[schemars(with = "String")]
        until: Date,
    },
    /// Away from one day to another, with nothing but oneself: moves that need nothing stay.
    Away {
        /// The first day.
        #[schemars(with = "String")]
        from: Date,
        /// The last day.
        #[schemars(with = "String")]
        until: Date,
    },
}
