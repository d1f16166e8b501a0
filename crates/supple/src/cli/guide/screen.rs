//! The session on the full screen.

use crate::shell::{Diary, Failure};
use supple_core::guide::Session;

/// Plays a session on the full screen.
pub fn play(session: &mut Session, diary: &mut Diary, quiet: bool) -> Result<(), Failure> {
    super::lines::play(session, diary, false, quiet)
}
