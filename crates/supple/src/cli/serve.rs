use super::{Common, print_json, print_line};
use crate::server::{self, access};
use crate::shell::{Done, Failure, Outcome, data_file};
use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::time::Duration;
use supple_store::Store;
use uuid::Uuid;

/// Open the app in a browser on this machine, and answer it until Ctrl+C.
///
/// It answers on this machine alone. For other devices, put a proxy with https in front of it, name its address with
/// --public-url, and pair each device with `supple pair`.
#[derive(Debug, clap::Args)]
pub struct Serve {
    /// The port; 0 takes any free one.
    #[arg(long, default_value_t = PORT)]
    port: u16,
    /// The address to listen on; any but one of this machine alone needs --public-url.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// The https address that people use. Every device then has to be paired.
    #[arg(long, value_name = "URL")]
    public_url: Option<access::PublicUrl>,
    /// The most that files of trainings may have which a page without JavaScript sends, in MB. They lie beside the log
    /// until they are read; a browser that runs JavaScript reads them itself, however large.
    #[arg(long, value_name = "MB", default_value_t = IMPORT_LIMIT_MB)]
    import_limit_mb: u64,
    /// Open a browser, if there is a display.
    #[arg(long)]
    open: bool,
    /// What the server says about itself on standard error. Never what you entered.
    #[arg(long, value_enum, default_value_t = Level::Warn, env = "SUPPLE_LOG")]
    log: Level,
}

const PORT: u16 = 8040;
/// Far above any archive of a watch, and what a small disk has left.
const IMPORT_LIMIT_MB: u64 = 2048;

/// How much the server says about itself.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Level {
    /// Only what went wrong.
    Error,
    /// And what is odd.
    Warn,
    /// And every request, without its contents.
    Info,
    /// And every connection that broke off.
    Debug,
}

impl Serve {
    /// `supple` alone: the app on this machine, in a browser.
    pub const fn at_home() -> Self {
        Self {
            port: PORT,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            public_url: None,
            import_limit_mb: IMPORT_LIMIT_MB,
            open: true,
            log: Level::Warn,
        }
    }

    pub fn run(self, common: &Common) -> Outcome {
        if !self.address.is_loopback() && self.public_url.is_none() {
            return Err(Failure::bad_input(format!(
                "{} can be reached by other machines. Name the https address that people use with \
                 --public-url https://..., so that devices are paired and nothing goes over the network in the clear; \
                 or leave --address away",
                self.address
            )));
        }
        let data = data_file(common.data.clone())?;
        let listener = match TcpListener::bind((self.address, self.port)) {
            Ok(listener) => listener,
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                let there = SocketAddr::new(self.address, self.port);
                if self.public_url.is_none() && is_supple(there) {
                    return self.greet(common, there, "It is running already, from another window.");
                }
                return Err(Failure::error(format!(
                    "port {} is taken by another program; choose one with --port, 0 for any that is free",
                    self.port
                )));
            }
            Err(error) => return Err(Failure::error(format!("{}:{}: {error}", self.address, self.port))),
        };
        listener.set_nonblocking(true)?;
        self.say_what_happens();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        runtime.block_on(async {
            let store = Store::open(&data, Uuid::now_v7().to_string()).await;
            let store = store.map_err(|error| Failure::from(error).at(&data))?;
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let note = format!("What you enter stays in {}. Stop with Ctrl+C.", data.display());
            self.greet(common, listener.local_addr()?, &note)?;
            let access = self.public_url.map_or(access::Access::Loopback, access::Access::Public);
            let most_import_bytes = self.import_limit_mb.saturating_mul(1 << 20);
            let setup = server::Setup { access, most_import_bytes, now: common.now.clone() };
            server::run(listener, store, setup).await.map_err(Failure::error)
        })?;
        Ok(Done::Ok)
    }

    /// Says where it is, and opens it.
    fn greet(&self, common: &Common, at: SocketAddr, note: &str) -> Outcome {
        let local = match at.ip() {
            IpAddr::V4(Ipv4Addr::LOCALHOST) => format!("http://localhost:{}/", at.port()),
            _ => format!("http://{at}/"),
        };
        if common.json {
            print_json(&serde_json::json!({ "address": local, "pairing": self.public_url.is_some() }))?;
        } else {
            print_line(&format!("Supple is at  {local}"))?;
            if self.public_url.is_some() {
                print_line("It answers under its public address only, and paired devices only: `supple pair`")?;
            }
            print_line(note)?;
        }
        std::io::stdout().flush()?;
        if self.open && self.public_url.is_none() {
            open(&local);
        }
        Ok(Done::Ok)
    }

    fn say_what_happens(&self) {
        let level = match self.log {
            Level::Error => tracing::Level::ERROR,
            Level::Warn => tracing::Level::WARN,
            Level::Info => tracing::Level::INFO,
            Level::Debug => tracing::Level::DEBUG,
        };
        let subscriber =
            tracing_subscriber::fmt().with_max_level(level).with_ansi(false).with_writer(std::io::stderr).finish();
        // Only fails if there is one already, which then is as good.
        let _ = tracing::subscriber::set_global_default(subscriber);
    }
}

/// Whether a server of ours answers there.
fn is_supple(at: SocketAddr) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&at, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.take(4096).read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.contains("\"name\":\"supple\""))
}

/// Opens a browser where there is a display; where none opens, the address was printed.
fn open(address: &str) {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else if is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") {
        "xdg-open"
    } else {
        return;
    };
    let _ =
        Command::new(program).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
}
