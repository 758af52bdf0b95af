//! The head of a request, as much of HTTP/1.1 (RFC 9112) as a browser's redirect needs.

/// Largest head that is read, in bytes. A redirect of Okta's has some hundreds, a browser's headers one or two thousand.
pub(super) const MOST_BYTES: usize = 16 * 1024;

/// The empty line is there.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    bytes.windows(4).any(|four| four == b"\r\n\r\n")
}

/// A request line and what stands in `Host`.
pub(super) struct Head<'a> {
    method: &'a str,
    target: &'a str,
    host: &'a str,
}

impl<'a> Head<'a> {
    /// Reads a head; `None` where it is none, is not whole, or does not name its host exactly once.
    pub(super) fn parse(bytes: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (head, _) = text.split_once("\r\n\r\n")?;
        let mut lines = head.split("\r\n");
        let mut first = lines.next()?.split(' ');
        let (method, target, version) = (first.next()?, first.next()?, first.next()?);
        if first.next().is_some() || !matches!(version, "HTTP/1.1" | "HTTP/1.0") {
            return None;
        }
        let mut hosts = lines
            .filter_map(|line| line.split_once(':'))
            .filter(|(name, _)| name.eq_ignore_ascii_case("host"))
            .map(|(_, value)| value.trim());
        let host = hosts.next()?;
        hosts.next().is_none().then_some(Self { method, target, host })
    }

    /// The query of a `GET` for exactly this host and path; empty where there is none.
    pub(super) fn query(&self, host: &str, path: &str) -> Option<&'a str> {
        let (asked, query) = self.target.split_once('?').unwrap_or((self.target, ""));
        (self.method == "GET" && self.host == host && asked == path).then_some(query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(head: &str) -> Option<&str> {
        Head::parse(head.as_bytes())?.query("127.0.0.1:8765", "/callback")
    }

    #[test]
    fn a_redirect_is_read() {
        let head = "GET /callback?code=a%20b&state=x HTTP/1.1\r\nAccept: */*\r\nhost: 127.0.0.1:8765\r\n\r\n";
        assert_eq!(query(head), Some("code=a%20b&state=x"));
        assert_eq!(
            query("GET /callback HTTP/1.1\r\nHost: 127.0.0.1:8765\r\n\r\n"),
            Some("")
        );
    }

    #[test]
    fn everything_else_is_not() {
        for first in [
            "POST /callback?code=1 HTTP/1.1",
            "HEAD /callback?code=1 HTTP/1.1",
            "get /callback?code=1 HTTP/1.1",
            "GET /callback/?code=1 HTTP/1.1",
            "GET //callback?code=1 HTTP/1.1",
            "GET /Callback?code=1 HTTP/1.1",
            "GET /%63allback?code=1 HTTP/1.1",
            "GET / HTTP/1.1",
            "GET http://127.0.0.1:8765/callback?code=1 HTTP/1.1",
            "GET /callback?code=1 HTTP/2",
            "GET  /callback?code=1 HTTP/1.1",
            "GET /callback?code=1 HTTP/1.1 x",
            "GET /callback?code=1",
            "",
        ] {
            assert_eq!(
                query(&format!("{first}\r\nHost: 127.0.0.1:8765\r\n\r\n")),
                None,
                "{first}"
            );
        }
        for hosts in [
            "",
            "Host: localhost:8765\r\n",
            "Host: 127.0.0.1\r\n",
            "Host: 127.0.0.1:8766\r\n",
            "Host: evil.example.com\r\n",
            "Host: 127.0.0.1:8765\r\nHost: 127.0.0.1:8765\r\n",
            "X-Host: 127.0.0.1:8765\r\n",
        ] {
            assert_eq!(
                query(&format!("GET /callback?code=1 HTTP/1.1\r\n{hosts}\r\n")),
                None,
                "{hosts}"
            );
        }
        assert!(Head::parse(b"GET /callback HTTP/1.1\r\nHost: 127.0.0.1:8765\r\n").is_none());
        assert!(Head::parse(b"GET /callback\xff HTTP/1.1\r\nHost: 127.0.0.1:8765\r\n\r\n").is_none());
    }
}
