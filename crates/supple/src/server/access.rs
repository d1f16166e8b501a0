//! Who may ask, and under which name: this machine alone, or paired devices through one https address.

use std::str::FromStr;

/// Under which addresses the server answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Browsers on this machine; nobody has to be paired.
    Loopback,
    /// The one address that people use; every device has to be paired.
    Public(PublicUrl),
}

/// The address that people use: https, a name, and where the app begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    /// Name and port, as browsers send it in `Host`.
    host: String,
    /// Where the app begins, with a slash at both ends.
    root: String,
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("write it as https://supple.example.org or https://example.org/supple/, not `{text}`");
        let rest = text.strip_prefix("https://").ok_or_else(wrong)?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = host.strip_suffix(":443").unwrap_or(host).to_ascii_lowercase();
        let is_plain =
            |text: &str, more: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || more.contains(b as char));
        if host.is_empty()
            || !is_plain(&host, "-.:[]")
            || !is_plain(path, "-._~/")
            || path.starts_with('/')
            || path.contains("//")
        {
            return Err(wrong());
        }
        let path = path.trim_matches('/');
        Ok(Self { host, root: if path.is_empty() { "/".to_owned() } else { format!("/{path}/") } })
    }
}

impl Access {
    /// Where the app begins, with a slash at both ends.
    pub fn root(&self) -> &str {
        match self {
            Self::Loopback => "/",
            Self::Public(url) => &url.root,
        }
    }

    /// Whether devices have to be paired.
    pub const fn needs_pairing(&self) -> bool {
        matches!(self, Self::Public(_))
    }

    /// Whether a `Host` is one of ours. A page elsewhere whose name was pointed at this machine (DNS rebinding)
    /// sends that name, so only our own are answered; a port may be forwarded, so any will do on this machine.
    pub fn is_our_host(&self, host: &str) -> bool {
        match self {
            Self::Loopback => is_loopback_name(host),
            Self::Public(url) => host.strip_suffix(":443").unwrap_or(host).eq_ignore_ascii_case(&url.host),
        }
    }

    /// Whether an `Origin` is the one of the page that `host` serves.
    pub fn is_our_origin(&self, origin: &str, host: &str) -> bool {
        match self {
            Self::Loopback => origin.strip_prefix("http://").is_some_and(|name| name.eq_ignore_ascii_case(host)),
            Self::Public(url) => {
                origin.strip_prefix("https://").is_some_and(|name| name.eq_ignore_ascii_case(&url.host))
            }
        }
    }
}

/// `localhost`, `127.0.0.1` or `[::1]`, with or without a port.
pub fn is_loopback_name(host: &str) -> bool {
    let is_port = |port: &str| port.is_empty() || port.strip_prefix(':').is_some_and(|p| p.parse::<u16>().is_ok());
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
        host.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) && is_port(&host[name.len()..])
    })
}

#[cfg(test)]
mod tests {
    use super::{Access, PublicUrl, is_loopback_name};

    fn public(url: &str) -> Access {
        Access::Public(url.parse().unwrap())
    }

    #[test]
    fn only_names_of_this_machine_are_loopback() {
        for ours in ["localhost", "localhost:8040", "LocalHost:1", "127.0.0.1:65535", "[::1]", "[::1]:8040"] {
            assert!(is_loopback_name(ours), "{ours}");
        }
        for other in [
            "",
            "localhost.evil.org",
            "localhost:8040.evil.org",
            "127.0.0.1.evil.org",
            "evil.org:8040",
            "[::1",
            "localhost:99999",
            "127.0.0.2",
        ] {
            assert!(!is_loopback_name(other), "{other}");
        }
    }

    #[test]
    fn a_public_address_is_https_with_a_plain_name() {
        assert_eq!(public("https://Supple.example.org").root(), "/");
        assert_eq!(public("https://example.org:8443/my/supple").root(), "/my/supple/");
        for wrong in [
            "http://example.org",
            "example.org",
            "https://",
            "https:///x",
            "https://a b",
            "https://u@h",
            "https://h/?q",
            "https://h/#f",
            "https://h//x",
        ] {
            assert!(wrong.parse::<PublicUrl>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_page_from_elsewhere_is_not_ours() {
        let here = Access::Loopback;
        assert!(here.is_our_origin("http://localhost:8040", "localhost:8040"));
        for other in ["http://localhost:3000", "https://localhost:8040", "http://evil.org", "null", ""] {
            assert!(!here.is_our_origin(other, "localhost:8040"), "{other}");
        }
        let there = public("https://example.org/supple/");
        assert!(there.is_our_host("example.org") && there.is_our_host("EXAMPLE.org:443"));
        assert!(!there.is_our_host("localhost:8040") && !there.is_our_host("example.org:8443"));
        assert!(there.is_our_origin("https://example.org", "example.org"));
        assert!(!there.is_our_origin("http://example.org", "example.org"));
    }
}
