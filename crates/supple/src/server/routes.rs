//! What the server answers beside the pages of the app.

use axum::http::Method;

/// A path below the root that is not a page. The router and the OpenAPI document are both made from this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// Is the server well?
    Health,
    /// Is there a server, and is this device paired?
    Status,
    /// Exchange events.
    Sync,
    /// Erase everything.
    Erase,
    /// Trade a code for a cookie.
    Pair,
    /// The stateless contract.
    Plan,
    /// What all of this is.
    OpenApi,
}

impl Route {
    /// Every one.
    pub const ALL: [Self; 7] =
        [Self::Health, Self::Status, Self::Sync, Self::Erase, Self::Pair, Self::Plan, Self::OpenApi];

    /// The path below the root.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Health => "healthz",
            Self::Status => "api/status",
            Self::Sync => "api/sync",
            Self::Erase => "api/erase",
            Self::Pair => "api/pair",
            Self::Plan => "api/plan",
            Self::OpenApi => "api/openapi.json",
        }
    }

    /// The method.
    pub const fn method(self) -> Method {
        match self {
            Self::Health | Self::Status | Self::OpenApi => Method::GET,
            Self::Sync | Self::Erase | Self::Pair | Self::Plan => Method::POST,
        }
    }

    /// Whether a device that is not paired may ask. Nothing of the log is in the answers.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Health | Self::Status | Self::Pair)
    }

    /// The route at a path below the root.
    pub fn at(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|route| route.path() == path)
    }
}
