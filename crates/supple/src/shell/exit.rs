use std::process::ExitCode;

/// How a verb ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// All right.
    Ok,
    /// Some of the input was bad; the rest was done.
    SomeBadInput,
    /// Not yet: no plan today.
    Hold,
    /// Get help first.
    Refer,
}

impl From<Done> for ExitCode {
    fn from(done: Done) -> Self {
        Self::from(match done {
            Done::Ok => 0,
            Done::SomeBadInput => 2,
            Done::Hold => 3,
            Done::Refer => 4,
        })
    }
}

/// Why a verb could not do its work, in words for the person: what, what is allowed, the next step.
#[derive(Debug)]
pub struct Failure {
    /// The words.
    pub message: String,
    /// Which exit code.
    pub kind: FailureKind,
}

/// Which exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// Something went wrong.
    Error,
    /// What was typed cannot be used.
    BadInput,
    /// The log was moved on by another program.
    LogMoved,
}

impl Failure {
    /// What was typed cannot be used.
    pub fn bad_input(message: impl Into<String>) -> Self {
        Self { message: message.into(), kind: FailureKind::BadInput }
    }

    /// The same about this file.
    pub fn at(self, path: &std::path::Path) -> Self {
        Self { message: format!("{}: {}", path.display(), self.message), ..self }
    }

    /// Something went wrong.
    pub fn error(message: impl Into<String>) -> Self {
        Self { message: message.into(), kind: FailureKind::Error }
    }

    /// The exit code.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(match self.kind {
            FailureKind::Error => 1,
            FailureKind::BadInput => 2,
            FailureKind::LogMoved => 5,
        })
    }
}

impl From<supple_store::Error> for Failure {
    fn from(error: supple_store::Error) -> Self {
        let kind = if matches!(error, supple_store::Error::HeadMoved { .. }) {
            FailureKind::LogMoved
        } else {
            FailureKind::Error
        };
        Self { message: format!("{error}. {}", error.next_step()), kind }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::error(error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::error(format!("this could not be written as JSON: {error}"))
    }
}

impl From<inquire::InquireError> for Failure {
    fn from(error: inquire::InquireError) -> Self {
        use inquire::InquireError::{NotTTY, OperationCanceled, OperationInterrupted};
        match error {
            OperationCanceled | OperationInterrupted => Self::error(
                "stopped here. What was answered before this question is kept; go on with `supple check-in`",
            ),
            NotTTY => Self::bad_input(
                "there is no terminal to ask questions in; give the answers as flags, see `supple check-in --help`",
            ),
            other => Self::error(other.to_string()),
        }
    }
}

/// What a verb comes back with.
pub type Outcome = Result<Done, Failure>;
