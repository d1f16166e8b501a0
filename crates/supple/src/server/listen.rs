//! Connections: taken one by one, with a limit on how many and on how long they may dawdle.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// How many connections at once; one more waits until another ends.
const CONNECTIONS: usize = 512;
/// The longest that the head of a request may take to arrive, also after the answer before it.
const HEAD_PATIENCE: Duration = Duration::from_secs(20);
/// How long answers that were begun are waited for at the end. Whatever was acknowledged is on the disk by then.
const FAREWELL: Duration = Duration::from_secs(3);

/// Answers until somebody ends the process in peace.
pub async fn serve(listener: TcpListener, router: Router) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let (end, ending) = tokio::sync::watch::channel(false);
    let mut farewell = std::pin::pin!(asked_to_end());
    loop {
        let place = tokio::select! {
            () = &mut farewell => break,
            place = places.clone().acquire_owned() => place.map_err(io::Error::other)?,
        };
        let stream = tokio::select! {
            () = &mut farewell => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                // The other side went away, or there are no file descriptors left for a moment.
                Err(error) => {
                    tracing::debug!(%error, "a connection was not taken");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let _ = stream.set_nodelay(true); // only slower without
        let (router, mut ending) = (router.clone(), ending.clone());
        tokio::spawn(async move {
            let mut connection = std::pin::pin!(
                http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(HEAD_PATIENCE)
                    .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
            );
            let done = tokio::select! {
                done = connection.as_mut() => done,
                _ = ending.changed() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = done {
                tracing::debug!(%error, "a connection broke off");
            }
            drop(place);
        });
    }
    let _ = end.send(true); // nobody listens if nobody is connected
    let all = u32::try_from(CONNECTIONS).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(FAREWELL, places.acquire_many(all)).await; // long enough for anybody
    Ok(())
}

/// Ctrl+C, or what a system sends to a service.
async fn asked_to_end() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! { () = interrupted => {}, _ = terminated.recv() => {} }
            return;
        }
    }
    interrupted.await;
}
