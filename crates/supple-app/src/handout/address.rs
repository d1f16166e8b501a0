use core::net::Ipv4Addr;
use supple_core::share::MOST_BYTES_IN_CODE;

/// Where the app is, as a link may name it: `https://example.org/supple/`. Checked, since it comes with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// The longest address, in bytes.
    pub const MOST: usize = 120;

    /// An address, if it is one: http or https, a plain name, perhaps a port and a folder.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let host = rest.split('/').next().unwrap_or_default();
        let plain = rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/[]".contains(&b));
        if host.is_empty() || !plain || rest.contains("//") || text.len() >= Self::MOST {
            return None;
        }
        let slash = if text.ends_with('/') { "" } else { "/" };
        Some(Self(format!("{text}{slash}")))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether another machine reaches it: not where it names the machine it is on.
    #[must_use]
    pub fn is_for_others(&self) -> bool {
        let rest = self.0.split_once("//").map_or("", |(_, rest)| rest);
        let host = rest.split('/').next().unwrap_or_default().to_ascii_lowercase();
        // An IPv6 address stands in brackets, as it has colons itself.
        let name = if host.starts_with('[') {
            host.split_inclusive(']').next()
        } else {
            host.split(':').next().map(|name| name.trim_end_matches('.'))
        };
        let name = name.unwrap_or_default();
        let loops_back =
            name.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback() || address.is_unspecified());
        !(loops_back || name == "localhost" || name.ends_with(".localhost") || name == "[::1]" || name == "[::]")
    }

    /// The link that opens what is shared. It stands behind the `#`, which a browser keeps to itself.
    #[must_use]
    pub fn link(&self, text: &str) -> String {
        format!("{}receive#{text}", self.0)
    }

    /// Whether a link with this text is short enough for a code.
    #[must_use]
    pub fn fits_a_code(&self, text: &str) -> bool {
        self.link(text).len() <= MOST_BYTES_IN_CODE
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn a_machine_that_names_itself_is_reached_by_nobody_else() {
        for own in [
            "http://localhost:8077",
            "http://LocalHost/supple",
            "http://localhost.:80",
            "http://supple.localhost",
            "http://127.0.0.1:8040/",
            "http://127.8.9.1",
            "http://0.0.0.0:80",
            "http://[::1]:80",
        ] {
            assert!(!Address::new(own).unwrap().is_for_others(), "{own}");
        }
        for other in [
            "https://example.org",
            "https://localhost.example.org",
            "http://192.168.1.2:8077",
            "http://[fe80::1]:80",
            "http://127.example.org",
        ] {
            assert!(Address::new(other).unwrap().is_for_others(), "{other}");
        }
    }

    #[test]
    fn only_a_plain_address_is_one() {
        for good in
            ["https://example.org", "https://example.org/supple/", "http://127.0.0.1:8040/", "http://[::1]:80"]
        {
            let address = Address::new(good).unwrap();
            assert!(address.as_str().ends_with('/'), "{good}");
        }
        for bad in [
            "",
            "example.org",
            "https://",
            "https:///x",
            "javascript:alert(1)",
            "https://a b",
            "https://u@h",
            "https://h/?q",
            "https://h/#f",
            "https://h//x",
            "https://h/\"x",
            "ftp://h",
        ] {
            assert_eq!(Address::new(bad), None, "{bad}");
        }
        let host = |length: usize| format!("https://{}", "a".repeat(length - 8));
        assert!(Address::new(&host(Address::MOST - 1)).is_some());
        assert!(Address::new(&host(Address::MOST)).is_none());
        assert_eq!(Address::new("https://h/a").unwrap().link("supple1:x"), "https://h/a/receive#supple1:x");
    }
}
