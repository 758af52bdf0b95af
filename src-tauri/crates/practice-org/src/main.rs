//! The practice org on its own: prints where it is as one line of JSON, then serves until it is stopped.

use practice_org::{Options, PracticeOrg, Seed};
use std::io::Write;

const USAGE: &str = "\
practice-org [options]
  --port N                  port on 127.0.0.1 (0, the default, takes any free one)
  --seed story|empty|hostile
                            what to begin with (story)
  --apps N                  this many more apps
  --users N                 this many more people
  --review-items N          one more access review, with this many items
  --token TEXT              the API token (a random one)
  --no-limits               no rate limits
  --until-stdin-closes      stop when standard input ends";

struct Asked {
    options: Options,
    until_stdin_closes: bool,
}

/// `None`: the usage was asked for.
fn asked(mut args: impl Iterator<Item = String>) -> Result<Option<Asked>, String> {
    let mut asked = Asked {
        options: Options::default(),
        until_stdin_closes: false,
    };
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("{arg} needs a value"));
        match arg.as_str() {
            "--port" => asked.options.port = number(&value()?, &arg)?,
            "--apps" => asked.options.apps = number(&value()?, &arg)?,
            "--users" => asked.options.users = number(&value()?, &arg)?,
            "--review-items" => asked.options.review_items = number(&value()?, &arg)?,
            "--token" => asked.options.token = Some(value()?),
            "--seed" => {
                asked.options.seed = match value()?.as_str() {
                    "story" => Seed::Story,
                    "empty" => Seed::Empty,
                    "hostile" => Seed::Hostile,
                    other => return Err(format!("there is no seed {other}: story, empty or hostile")),
                }
            }
            "--no-limits" => asked.options.limits = false,
            "--until-stdin-closes" => asked.until_stdin_closes = true,
            "--help" | "-h" => return Ok(None),
            other => return Err(format!("unknown option {other}")),
        }
    }
    Ok(Some(asked))
}

fn number<T: std::str::FromStr>(text: &str, option: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("{option} needs a number, not {text}"))
}

/// Returns on Ctrl+C and, on Unix, on SIGTERM.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut term) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = term.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// Returns when standard input ends. Reading it blocks, so that has a thread of its own, which ends with the process.
async fn input_ends() {
    let (ended, end) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        let _ = ended.send(());
    });
    let _ = end.await;
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asked = match asked(std::env::args().skip(1)) {
        Ok(Some(asked)) => asked,
        Ok(None) => {
            writeln!(std::io::stdout(), "{USAGE}")?;
            return Ok(());
        }
        Err(why) => {
            writeln!(std::io::stderr(), "{why}\n\n{USAGE}")?;
            std::process::exit(2);
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let org = PracticeOrg::start(asked.options).await?;
        let line = serde_json::json!({ "url": org.url(), "token": org.token(), "key": org.key() });
        writeln!(std::io::stdout(), "{line}")?;
        std::io::stdout().flush()?;
        if asked.until_stdin_closes {
            tokio::select! {
                () = told_to_stop() => {}
                () = input_ends() => {}
            }
        } else {
            told_to_stop().await;
        }
        Ok::<_, std::io::Error>(())
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Option<Asked>, String> {
        asked(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_are_read() {
        let asked = read("--port 4000 --seed hostile --apps 10 --no-limits --token 00x")
            .expect("options")
            .expect("not the usage");
        let options = asked.options;
        assert_eq!(
            (options.port, options.seed, options.apps, options.limits),
            (4000, Seed::Hostile, 10, false)
        );
        assert!(options.token.as_deref() == Some("00x") && !asked.until_stdin_closes);
        assert!(!format!("{options:?}").contains("00x"));
        assert!(read("--help").expect("usage").is_none());
        for wrong in ["--port", "--port x", "--port 70000", "--seed other", "--more"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
