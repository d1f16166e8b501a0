//! Files of real devices, files made here with every oddity, and what is said of them.

// Tests read the files that readers may not.
#![allow(clippy::disallowed_methods)]

mod archives;
mod fit_files;
mod made;
mod odd_fit;
mod samples;
mod text_files;
