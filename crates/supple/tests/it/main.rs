//! The terminal as people and scripts use it: the real binary, each test with a log of its own.

mod asked;
mod colours;
mod errors;
mod evidence;
mod experiment;
mod export;
mod forecast;
mod home;
mod import;
mod json;
mod killed;
mod knowledge;
mod logs;
mod paths;
mod pictures;
mod requests;
mod response;
mod safety_page;
mod server;
mod sheets;
mod terminal;
mod whole_loop;
