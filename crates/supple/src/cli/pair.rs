use super::{Common, print_json, print_line};
use crate::server::secret;
use crate::shell::{Done, Failure, Outcome, Style, data_file};
use jiff::{SignedDuration, Timestamp, Zoned};
use supple_store::{Paired, Store};
use uuid::Uuid;

/// Let another device in: prints a code that works once, for ten minutes.
///
/// Type it on that device on the page /pair of your server. Needed only where the server has a --public-url.
#[derive(Debug, clap::Args)]
pub struct Pair {
    /// List the devices that are let in.
    #[arg(long, conflicts_with = "revoke")]
    list: bool,
    /// Let the device of this number in no longer.
    #[arg(long, value_name = "NUMBER")]
    revoke: Option<u64>,
}

/// How long a code is good.
const GOOD_FOR: SignedDuration = SignedDuration::from_mins(10);

impl Pair {
    pub fn run(&self, common: &Common) -> Outcome {
        let path = data_file(common.data.clone())?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let store = Store::open(&path, Uuid::now_v7().to_string()).await;
            let store = store.map_err(|error| Failure::from(error).at(&path))?;
            let done = match self.revoke {
                Some(number) => revoke(&store, number, common.json).await,
                None if self.list => list(&store.paired().await?, common.json),
                None => offer(&store, common).await,
            };
            store.close().await;
            done
        })
    }
}

async fn offer(store: &Store, common: &Common) -> Outcome {
    let now = common.now.clone().unwrap_or_else(Zoned::now);
    let code = secret::code().map_err(|error| Failure::error(format!("no random numbers: {error}; try again")))?;
    let expires = now.timestamp() + GOOD_FOR;
    store.offer_pairing(&secret::hash_of_code(&code), now.timestamp(), expires).await?;
    let until = expires.to_zoned(now.time_zone().clone());
    if common.json {
        return print_json(&serde_json::json!({ "code": code, "until": until.to_string() }));
    }
    print_line(&format!("Code:  {}\n", Style::detect().bold(&code)))?;
    print_line("On the other device, open your server's address with `pair` behind it and type the code.")?;
    print_line(&format!("It works once, until {}.", until.strftime("%H:%M")))
}

fn list(paired: &[Paired], json: bool) -> Outcome {
    if json {
        let all: Vec<_> = paired
            .iter()
            .map(|p| serde_json::json!({ "number": p.number, "name": p.name, "since": p.since.to_string() }))
            .collect();
        return print_json(&all);
    }
    if paired.is_empty() {
        return print_line("No device is paired. `supple pair` prints a code for one.");
    }
    for device in paired {
        print_line(&format!("{:>3}  {}  since {}", device.number, device.name, day(device.since)))?;
    }
    print_line("\n`supple pair --revoke NUMBER` lets one in no longer.")
}

async fn revoke(store: &Store, number: u64, json: bool) -> Outcome {
    if !store.revoke_pairing(number).await? {
        return Err(Failure::bad_input(format!("no device has number {number}; see `supple pair --list`")));
    }
    if json {
        return print_json(&serde_json::json!({ "revoked": number }));
    }
    print_line(&format!("Device {number} is let in no longer. What is on it stays on it."))?;
    Ok(Done::Ok)
}

fn day(at: Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::system()).strftime("%-d %B %Y").to_string()
}
