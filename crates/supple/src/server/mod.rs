//! The server: the same app over the log on this machine, for browsers here and for paired devices.
//!
//! ```text
//!  connection ─▶ guard ─▶ routes ─┬▶ files of web/
//!  (listen)     Host, Origin,     ├▶ api: status, sync, erase, pair, plan
//!               pairing           └▶ pages ─▶ desk: the app in memory, the log on the disk
//! ```
//!
//! Limits and timeouts are a few lines each where they are needed, so there is no middleware library.

pub mod access;
mod api;
mod bucket;
mod clock;
mod desk;
mod feeds;
mod files;
mod guard;
mod import;
mod listen;
mod openapi;
mod pages;
mod pairing;
mod routes;
pub mod secret;
mod trainings;
mod wire;

use self::access::Access;
use self::bucket::Bucket;
use self::clock::Clock;
use self::desk::Desk;
use self::files::Files;
use self::routes::Route;
use self::trainings::Waiting;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Zoned;
use std::sync::{Arc, Mutex};
use supple_store::{Error, Store};
use tokio::net::TcpListener;

/// What every answer may need.
struct Server {
    access: Access,
    desk: Desk,
    files: Files,
    clock: Clock,
    tries: Mutex<Bucket>,
    waiting: Waiting,
    policy: HeaderValue,
}

/// How a server is to answer.
#[derive(Debug)]
pub struct Setup {
    /// Whom.
    pub access: Access,
    /// The most bytes that the files of one import may have which a page without JavaScript sends.
    pub most_import_bytes: u64,
    /// Stands in for the clock in tests.
    pub now: Option<Zoned>,
}

/// Answers on `listener` until somebody ends the process in peace.
///
/// # Errors
/// What the log says when it is opened, or the system about the connections, in words.
pub async fn run(listener: TcpListener, store: Store, setup: Setup) -> Result<(), String> {
    let Setup { access, most_import_bytes, now } = setup;
    let words = |error: Error| format!("{error}. {}", error.next_step());
    let (size, every) = pairing::TRIES;
    let keeping = store.clone();
    // Beside the log: neither needs the other, and the first answer needs both.
    let root = access.root().to_owned();
    let files = tokio::task::spawn_blocking(move || Files::new(&root));
    let waiting = Waiting::beside(store.path(), most_import_bytes);
    let server = Arc::new(Server {
        desk: Desk::open(store).await.map_err(words)?,
        files: files.await.map_err(|error| error.to_string())?,
        clock: Clock::new(now),
        tries: Mutex::new(Bucket::new(size, every)),
        waiting,
        policy: guard::policy(),
        access,
    });
    // On a thread of its own: the first answers do not wait for it, and neither does the end.
    let drawing = Arc::clone(&server);
    let drawn = std::thread::Builder::new().name("pictures".to_owned()).spawn(move || {
        // Nor do they share a processor with it.
        std::thread::sleep(PICTURES_AFTER);
        drawing.desk.draw_pictures();
    });
    if let Err(error) = drawn {
        tracing::info!(%error, "no thread to draw pictures on: each page draws its own");
    }
    // So that the next start is as quick however long the log has become. Nothing depends on it.
    tokio::spawn(async move {
        if let Err(error) = keeping.keep_readings().await {
            tracing::info!(%error, "what was read from the log was not kept for the next start");
        }
    });
    let served = listen::serve(listener, router(&server)).await.map_err(|error| error.to_string());
    if let Some(server) = Arc::into_inner(server) {
        server.desk.close().await;
    }
    served
}

fn router(server: &Arc<Server>) -> Router {
    let mut router = Router::new();
    for route in Route::ALL {
        let handler = match route {
            Route::Health => get(api::health),
            Route::Status => get(api::status),
            Route::Sync => post(api::sync),
            Route::Erase => post(api::erase),
            Route::Pair => post(pairing::pair),
            Route::Plan => post(api::plan),
            Route::OpenApi => get(api::openapi),
        };
        router = router.route(&format!("{}{}", server.access.root(), route.path()), handler);
    }
    // Looking at this path is a page that is not there, as anywhere.
    let import = post(import::take).get(pages::answer).layer(DefaultBodyLimit::max(import::FORM_BYTES));
    let root = server.access.root();
    // The files are counted as they come.
    let trainings = post(trainings::take).get(pages::answer).layer(DefaultBodyLimit::disable());
    router
        .route(&format!("{root}{}", trainings::PATH), trainings)
        .route(&format!("{root}{}/again", trainings::PATH), post(trainings::again).get(pages::answer))
        .route(&format!("{root}{}/agree", trainings::PATH), post(trainings::agree).get(pages::answer))
        .route(&format!("{root}settings/import"), import)
        .route(&format!("{root}{}", feeds::PAGE), get(feeds::look).post(feeds::change))
        .route(&format!("{root}calendar/{{name}}"), get(feeds::feed))
        .fallback(pages::answer)
        .layer(axum::middleware::from_fn_with_state(Arc::clone(server), guard::guard))
        .with_state(Arc::clone(server))
}

/// Until then a page that shows techniques draws its own; then they are drawn once for all.
const PICTURES_AFTER: std::time::Duration = std::time::Duration::from_millis(250);

/// What is said when the log cannot be used.
fn trouble(error: &Error) -> Response {
    tracing::error!(%error, "the log cannot be used");
    wire::refuse(StatusCode::SERVICE_UNAVAILABLE, format!("{error}. {}", error.next_step()))
}
