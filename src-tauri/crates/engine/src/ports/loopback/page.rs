//! The pages the browser is shown. Fixed texts: nothing of a request is ever in them.

/// One page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The answer was taken.
    Taken,
    /// The answer was taken, and it is a refusal.
    NotCompleted,
    /// The request does not belong to the sign-in that is under way.
    NotOurs,
    /// There is no such page.
    NotFound,
}

impl Page {
    fn status(self) -> &'static str {
        match self {
            Self::Taken | Self::NotCompleted => "200 OK",
            Self::NotOurs => "400 Bad Request",
            Self::NotFound => "404 Not Found",
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Taken => (
                "You can close this tab",
                "Gatehouse has the answer and goes on by itself.",
            ),
            Self::NotCompleted => (
                "The sign-in was not completed",
                "Gatehouse says why. You can close this tab.",
            ),
            Self::NotOurs => (
                "This is not the sign-in Gatehouse waits for",
                "It may belong to an earlier one. Close this tab, and go on in the newest one.",
            ),
            Self::NotFound => ("There is nothing here", "You can close this tab."),
        }
    }

    /// The whole response.
    pub(super) fn response(self) -> String {
        let (title, text) = self.words();
        let body = format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width\">\n<title>{title} - Gatehouse</title>\n<h1>{title}</h1>\n<p>{text}</p>\n</html>\n"
        );
        let head = [
            format!("HTTP/1.1 {}", self.status()),
            "Content-Type: text/html; charset=utf-8".into(),
            format!("Content-Length: {}", body.len()),
            "Connection: close".into(),
            "Cache-Control: no-store".into(),
            "Referrer-Policy: no-referrer".into(),
            "Content-Security-Policy: default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                .into(),
            "X-Content-Type-Options: nosniff".into(),
        ];
        format!("{}\r\n\r\n{body}", head.join("\r\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::Page;

    #[test]
    fn every_page_is_whole_and_keeps_its_address_to_itself() {
        for (page, status) in [
            (Page::Taken, "200"),
            (Page::NotCompleted, "200"),
            (Page::NotOurs, "400"),
            (Page::NotFound, "404"),
        ] {
            let response = page.response();
            let (head, body) = response.split_once("\r\n\r\n").expect("a head and a body");
            assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{head}");
            for wanted in [
                "Referrer-Policy: no-referrer",
                "Cache-Control: no-store",
                "default-src 'none'",
            ] {
                assert!(head.contains(wanted), "{page:?} lacks {wanted}");
            }
            assert!(head.contains(&format!("Content-Length: {}", body.len())));
            assert!(!body.contains("<script") && !body.contains("href") && !body.contains("src="));
        }
    }
}
