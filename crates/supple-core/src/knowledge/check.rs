//! Rules over the knowledge that types cannot hold: all errors at once, file and field named.
