//! Enums whose variants are ids of the knowledge: one word in files, on the wire and in code.

/// An enum with an id for each variant, the list of all of them, and the way back from an id.
macro_rules! id_enum {
    ($(#[$doc:meta])* $name:ident: $count:literal { $($variant:ident $id:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
            schemars::JsonSchema,
        )]
        #[allow(missing_docs)] // each variant is described in its own knowledge file
        pub enum $name { $(#[serde(rename = $id)] $variant),+ }

        impl $name {
            /// Every one of them, in the order of the shared catalogue.
            pub const ALL: [Self; $count] = [$(Self::$variant),+];

            /// The id used in files and on the wire.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// The one with this id, if there is one.
            #[must_use]
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.id())
            }
        }
    };
}

pub(crate) use id_enum;
