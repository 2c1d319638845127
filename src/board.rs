//! The board as a page, behind a link that is signed and ends. `/board` gives the link to coordinators; whoever has it reads
//! the page until then, so it stands in no log and in no table.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Url;
use sha2::Sha256;

use crate::clock::Clock;
use crate::filing;
use crate::store::hexadecimal;
use crate::store::{Store, keys};

const LASTS: TimeDelta = TimeDelta::hours(24);
/// Between the instant at which a pass ends and its signature.
const MARK: char = '-';

/// Makes links to the page, and knows its own.
#[derive(Clone)]
pub struct Links {
    /// Where the page is reached from outside.
    base: Url,
    key: [u8; 32],
}

impl std::fmt::Debug for Links {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Links").field("base", &self.base.as_str()).finish_non_exhaustive()
    }
}

impl Links {
    /// Signed with the key that the database keeps. `base` is where the page is reached from outside.
    pub async fn of(store: &Store, clock: &Clock, base: Url) -> Result<Links, crate::store::Error> {
        let mut tx = store.begin(clock.now()).await?;
        let key = keys::board_key(&mut tx).await?;
        tx.commit().await?;
        Ok(Links { base, key })
    }

    /// A link that opens the page for a day.
    pub fn link(&self, now: DateTime<Utc>) -> String {
        format!("{}/board/{}", self.base.as_str().trim_end_matches('/'), self.pass(now + LASTS))
    }

    /// The link, with what has to be known of it.
    pub fn words(&self, now: DateTime<Utc>) -> String {
        filing::sentences::board_link(&self.link(now), LASTS.num_hours())
    }

    /// `1561600000-5f0c…`: until when it opens the page, and the signature of just these digits.
    fn pass(&self, until: DateTime<Utc>) -> String {
        let until = until.timestamp().to_string();
        let signature = self.signed(&until).finalize().into_bytes();
        format!("{until}{MARK}{}", hexadecimal(&signature))
    }

    fn signed(&self, until: &str) -> Hmac<Sha256> {
        let mut signed = Hmac::<Sha256>::new_from_slice(&self.key).expect("an HMAC takes keys of any length");
        signed.update(b"board until ");
        signed.update(until.as_bytes());
        signed
    }

    /// Whether a pass is one of ours and has not ended. The signature is compared in constant time.
    fn opens(&self, pass: &str, now: DateTime<Utc>) -> bool {
        let Some((until, signature)) = pass.split_once(MARK) else { return false };
        let Some(signature) = bytes_of(signature) else { return false };
        let is_ours = self.signed(until).verify_slice(&signature).is_ok();
        is_ours && until.parse().is_ok_and(|until: i64| now.timestamp() < until)
    }
}

/// Of hexadecimal digits, small letters only.
fn bytes_of(digits: &str) -> Option<Vec<u8>> {
    let value = |digit: &u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let pairs = digits.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => Some(value(high)? << 4 | value(low)?),
        _ => None,
    });
    pairs.collect()
}

#[derive(Clone)]
struct Shown {
    store: Store,
    clock: Clock,
    links: Links,
}

/// `/board/PASS`
pub fn routes(store: Store, clock: Clock, links: Links) -> Router {
    Router::new().route("/board/{pass}", get(board)).with_state(Shown { store, clock, links })
}

async fn board(State(shown): State<Shown>, Path(pass): Path<String>) -> Response {
    let now = shown.clock.now();
    if !shown.links.opens(&pass, now) {
        return plain(StatusCode::FORBIDDEN, filing::sentences::BOARD_CLOSED);
    }
    match page(&shown.store, now).await {
        Ok(page) => {
            let headers = [
                (CONTENT_TYPE, "text/html; charset=utf-8"),
                (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
                (CACHE_CONTROL, "no-store"),
                (REFERRER_POLICY, "no-referrer"),
                (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ];
            (headers, page).into_response()
        }
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "看板未能显示");
            plain(StatusCode::SERVICE_UNAVAILABLE, filing::sentences::BOARD_UNREADABLE)
        }
    }
}

async fn page(store: &Store, now: DateTime<Utc>) -> Result<String, filing::making::FilingError> {
    filing::making::board_page(&mut store.read(now).await?).await
}

fn plain(status: StatusCode, words: &'static str) -> Response {
    (status, [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")], words).into_response()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn links(key: u8) -> Links {
        Links { base: "https://duban.example.gov.cn/office/".parse().unwrap(), key: [key; 32] }
    }

    fn now() -> DateTime<Utc> {
        "2019-06-27T01:00:00Z".parse().unwrap()
    }

    fn pass_of(link: &str) -> &str {
        link.strip_prefix("https://duban.example.gov.cn/office/board/").expect("below the address that was given")
    }

    #[test]
    fn a_link_opens_the_page_for_a_day() {
        let link = links(1).link(now());
        let pass = pass_of(&link);
        assert!(links(1).opens(pass, now()));
        assert!(links(1).opens(pass, now() + TimeDelta::hours(24) - TimeDelta::seconds(1)));
        assert!(!links(1).opens(pass, now() + TimeDelta::hours(24)));
        assert!(!links(2).opens(pass, now()), "another database has another key");
        assert!(!format!("{:?}", links(1)).contains("1, 1"), "the key is not printed");
    }

    #[test]
    fn a_changed_link_opens_nothing() {
        let link = links(1).link(now());
        let (until, signature) = pass_of(&link).split_once('-').unwrap();
        let later = until.parse::<i64>().unwrap() + 1;
        for changed in [
            String::new(),
            "-".to_owned(),
            until.to_owned(),
            format!("{until}-"),
            format!("-{signature}"),
            format!("{later}-{signature}"),
            format!("+{until}-{signature}"),
            format!("0{until}-{signature}"),
            format!("{until}-{}", signature.to_uppercase()),
            format!("{until}-{}", &signature[..62]),
            format!("{until}-{signature}00"),
            format!("{until}-{signature} "),
        ] {
            assert!(!links(1).opens(&changed, now()), "{changed}");
        }
    }

    proptest! {
        #[test]
        fn one_byte_is_enough(at in 0..200_usize, byte in any::<u8>()) {
            let link = links(1).link(now());
            let mut changed = pass_of(&link).as_bytes().to_vec();
            let at = at % changed.len();
            prop_assume!(changed[at] != byte);
            changed[at] = byte;
            prop_assert!(!links(1).opens(&String::from_utf8_lossy(&changed), now()));
        }
    }
}
