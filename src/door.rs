//! HTTP for whoever comes: under bounds, and for its own pages only.
//!
//! A request that is sent by halves is ended after a while, and there are only so many guests at once. When one more comes,
//! the one who has waited longest without being answered leaves, so that those who ask at once are served even while a
//! thousand others dawdle. The bot's own connections know nothing of these bounds.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::{BoxError, Router};
use futures_util::{StreamExt, stream};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use reqwest::Url;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::filing;

const MOST_GUESTS: usize = 64;
/// From the connection, or the last answer, to the end of a request's head.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);
/// From its head to the end of its body.
const BODY_PATIENCE: Duration = Duration::from_secs(30);
/// How long guests may take to leave when the server ends.
const LEAVING_PATIENCE: Duration = Duration::from_secs(5);
const LARGEST_HEAD: usize = 16 << 10;
/// Where the system has no descriptor left for a guest, another try comes after a while.
const ACCEPT_PAUSE: Duration = Duration::from_millis(500);

struct Guest {
    visit: JoinHandle<()>,
    is_answered: Arc<AtomicBool>,
}

/// Serves until `shutdown`. How large a body may be is the affair of the routes that read one.
pub async fn serve(listener: TcpListener, routes: Router, shutdown: impl Future<Output = ()>) {
    let mut shutdown = pin!(shutdown);
    let closing = watch::Sender::new(false);
    let mut guests: VecDeque<Guest> = VecDeque::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "未能接受一个连接");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        guests.retain(|guest| !guest.visit.is_finished());
        if guests.len() >= MOST_GUESTS && !shows_one_out(&mut guests) {
            continue;
        }
        let is_answered = Arc::new(AtomicBool::new(false));
        let visit = tokio::spawn(visit(stream, routes.clone(), Arc::clone(&is_answered), closing.subscribe()));
        guests.push_back(Guest { visit, is_answered });
    }
    drop(listener);
    closing.send_replace(true);
    let leaving = async {
        for guest in &mut guests {
            // One who was shown out has left as well.
            let _ = (&mut guest.visit).await;
        }
    };
    let left = tokio::time::timeout(LEAVING_PATIENCE, leaving).await;
    if left.is_err() {
        guests.iter().for_each(|guest| guest.visit.abort());
    }
}

/// Ends the oldest visit that is not being answered; false where all are.
fn shows_one_out(guests: &mut VecDeque<Guest>) -> bool {
    let idle = guests.iter().position(|guest| !guest.is_answered.load(Ordering::Relaxed));
    let Some(guest) = idle.and_then(|idle| guests.remove(idle)) else { return false };
    guest.visit.abort();
    true
}

async fn visit(stream: TcpStream, routes: Router, is_answered: Arc<AtomicBool>, mut closing: watch::Receiver<bool>) {
    let routes = TowerToHyperService::new(routes);
    let answering = service_fn(|request: hyper::Request<Incoming>| {
        // Who sends a body by halves is still waited for.
        is_answered.store(request.body().is_end_stream(), Ordering::Relaxed);
        let answer = routes.call(request.map(|body| hurried(Body::new(body), Arc::clone(&is_answered))));
        let is_answered = Arc::clone(&is_answered);
        async move {
            let answer: Result<Response, Infallible> = answer.await;
            is_answered.store(false, Ordering::Relaxed);
            answer
        }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD_PATIENCE).max_buf_size(LARGEST_HEAD);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), answering));
    let ended = tokio::select! {
        outcome = &mut connection => Some(outcome),
        // A sender that is gone has nothing more to serve.
        () = async { drop(closing.wait_for(|closing| *closing).await) } => None,
    };
    let outcome = match ended {
        Some(outcome) => outcome,
        None => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = outcome {
        tracing::debug!(%error, "a connection ended");
    }
}

/// The body, or an error once its patience is over. From its end on the guest is being answered.
fn hurried(body: Body, is_answered: Arc<AtomicBool>) -> Body {
    let late = Box::pin(tokio::time::sleep(BODY_PATIENCE));
    let read = (body.into_data_stream(), late, is_answered);
    Body::from_stream(stream::try_unfold(read, |(mut chunks, mut late, is_answered)| async move {
        let chunk: Option<Bytes> = tokio::select! {
            chunk = chunks.next() => chunk.transpose()?,
            () = &mut late => return Err(BoxError::from("the body took too long")),
        };
        if chunk.is_none() {
            is_answered.store(true, Ordering::Relaxed);
        }
        Ok(chunk.map(|chunk| (chunk, (chunks, late, is_answered))))
    }))
}

/// By what names a server is its own.
#[derive(Clone, Debug)]
pub struct OwnName {
    listen: SocketAddr,
    /// Where people reach it from outside.
    outside: Option<Url>,
}

impl OwnName {
    pub fn new(listen: SocketAddr, outside: Option<Url>) -> OwnName {
        OwnName { listen, outside }
    }

    /// Whether a request that names `host` came to where we listen. Another page can let its own name lead here, but not an
    /// address. The port may be another one, where it is passed on.
    fn is(&self, host: &str) -> bool {
        let (here, name) = (self.listen.ip(), host.trim_start_matches('[').trim_end_matches(']'));
        let is_here = match name.parse::<IpAddr>() {
            Ok(address) => here.is_unspecified() || address == here || (address.is_loopback() && here.is_loopback()),
            Err(_) => name.eq_ignore_ascii_case("localhost") && (here.is_loopback() || here.is_unspecified()),
        };
        is_here || self.outside.as_ref().and_then(Url::host_str).is_some_and(|own| own.eq_ignore_ascii_case(host))
    }

    /// Whether a request comes from a page of our own, or from nobody's.
    fn is_meant(&self, method: &Method, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next().and_then(|host| host.to_str().ok()), hosts.next()) else { return false };
        if !host.parse::<Authority>().is_ok_and(|authority| self.is(authority.host())) {
            return false;
        }
        let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        let from_elsewhere = said("sec-fetch-site").is_some_and(|site| matches!(site, "cross-site" | "same-site"));
        if method.is_safe() {
            // A link to here may stand anywhere; what another page fetches for itself may not.
            return !from_elsewhere || said("sec-fetch-mode") == Some("navigate");
        }
        let origin = said("origin").map(|origin| origin.split_once("://").map_or("", |(_, authority)| authority));
        !from_elsewhere && origin.is_none_or(|origin| origin.eq_ignore_ascii_case(host))
    }
}

/// The same routes for requests that are meant for here.
pub fn for_own_pages(routes: Router, own: OwnName) -> Router {
    routes.layer(from_fn_with_state(own, refuse_others))
}

async fn refuse_others(State(own): State<OwnName>, request: Request, next: Next) -> Response {
    if own.is_meant(request.method(), request.headers()) {
        return next.run(request).await;
    }
    let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (StatusCode::FORBIDDEN, plain, filing::sentences::WRONG_DOOR).into_response()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    type Header = (&'static str, &'static str);

    fn is_meant(own: &OwnName, method: &Method, headers: &[Header]) -> bool {
        let pairs =
            headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(name, value);
        }
        own.is_meant(method, &headers)
    }

    #[test]
    fn names_that_are_ours() {
        let own = |listen: &str, outside: Option<&str>| {
            OwnName::new(listen.parse().unwrap(), outside.map(|outside| outside.parse().unwrap()))
        };
        let cases = [
            (own("127.0.0.1:8321", None), "127.0.0.1:8321", true),
            (own("127.0.0.1:8321", None), "localhost:9000", true),
            (own("127.0.0.1:8321", None), "[::1]:8321", true),
            (own("127.0.0.1:8321", None), "evil.example:8321", false),
            (own("127.0.0.1:8321", None), "localhost.evil.example", false),
            (own("127.0.0.1:8321", None), "10.0.0.1:8321", false),
            (own("127.0.0.1:8321", None), "user@evil.example", false),
            (own("127.0.0.1:8321", None), "", false),
            (own("0.0.0.0:8321", None), "10.0.0.1:8321", true),
            (own("0.0.0.0:8321", None), "office.example", false),
            (own("10.0.0.1:8321", None), "10.0.0.1", true),
            (own("10.0.0.1:8321", None), "localhost", false),
            (own("10.0.0.1:8321", Some("https://duban.example/office")), "DUBAN.example", true),
            (own("10.0.0.1:8321", Some("https://duban.example/office")), "evil.example", false),
        ];
        for (own, host, expected) in cases {
            assert_eq!(is_meant(&own, &Method::GET, &[("host", host)]), expected, "{own:?} {host}");
        }
        let here = own("127.0.0.1:8321", None);
        assert!(!is_meant(&here, &Method::GET, &[]), "nobody's");
        assert!(!is_meant(&here, &Method::GET, &[("host", "localhost"), ("host", "evil.example")]), "two");
    }

    #[test]
    fn pages_that_are_ours() {
        const ORIGIN: (&str, &str) = ("origin", "http://localhost:8321");
        let own = OwnName::new("127.0.0.1:8321".parse().unwrap(), None);
        let cases: [(Method, &[Header], bool); 12] = [
            (Method::POST, &[], true),
            (Method::POST, &[ORIGIN, ("sec-fetch-site", "same-origin")], true),
            (Method::POST, &[("origin", "http://evil.example")], false),
            (Method::POST, &[("origin", "http://localhost:3000")], false),
            (Method::POST, &[("origin", "null")], false),
            (Method::POST, &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")], false),
            (Method::DELETE, &[("sec-fetch-site", "same-site")], false),
            (Method::GET, &[("sec-fetch-site", "none")], true),
            (Method::GET, &[("sec-fetch-site", "same-origin")], true),
            (Method::GET, &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")], true),
            (Method::GET, &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")], false),
            (Method::GET, &[("sec-fetch-site", "same-site")], false),
        ];
        for (method, headers, expected) in cases {
            let headers = [&[("host", "localhost:8321")], headers].concat();
            assert_eq!(is_meant(&own, &method, &headers), expected, "{method} {headers:?}");
        }
    }
}
