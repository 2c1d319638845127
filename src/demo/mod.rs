//! The demo: the whole bot on a local stand-in for Telegram, with a plan and a few departments bound.
//!
//! A performance (`stage`) has a database of its own. `director` plays the first scene and moves the clock, `record` keeps
//! what stands beside the chats up to date; `scene` says who is there, `opening` when it begins, `chips` what could be said.

mod chips;
mod director;
mod opening;
mod record;
mod scene;
mod stage;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use chrono::{DateTime, Utc};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::watch;

pub use self::scene::Script;
use crate::demo::scene::{COORDINATOR, remark};
use crate::demo::stage::{Place, Stage};
use crate::door;
use crate::door::OwnName;

/// No secret: the stand-in gives it out, and nobody else takes it.
const TOKEN: &str = "8321:demo";

/// Everything that the demo needs, set up and waiting.
pub struct Demo {
    stage: Stage,
    listener: TcpListener,
    address: SocketAddr,
}

impl Demo {
    /// `opens_at`: where that is said. `kept`: whether the database stays.
    pub async fn open(
        listen: SocketAddr,
        opens_at: Option<DateTime<Utc>>,
        script: Script,
        (database, kept): (String, bool),
    ) -> Result<Demo> {
        let listener = TcpListener::bind(listen)
            .await
            .with_context(|| format!("不能使用地址 {listen}，可能已被占用。请用 --listen 换一个端口"))?;
        let stage = Stage::set(script, opens_at, Place { database, kept }).await?;
        let address = listener.local_addr()?;
        Ok(Demo { stage, listener, address })
    }

    /// What the terminal says.
    pub fn invitation(&self) -> String {
        format!(
            "督办演示已就绪，请用浏览器打开：http://{}\n\
             可以试四件事（网页右侧的“演练台”也有）：\n\
             1. 在单位群里回复提醒，说说进展\n\
             2. 在“{}”的对话里问：总体进展，或：哪些逾期了\n\
             3. 换一个发言人（同事、外单位的人、匿名管理员），发照片、相册或语音，修改或撤回，看机器人怎么答\n\
             4. 点页面上方的“下一次提醒”或“后移一天”，看各群收到什么\n\
             把本单位的方案文件拖进网页，即可换成自己的方案。按 Ctrl+C 结束；{}。",
            self.address,
            COORDINATOR.1,
            remark(self.stage.place.kept)
        )
    }

    /// Runs until `shutdown` turns true.
    pub async fn run(self, shutdown: watch::Sender<bool>) -> Result<()> {
        let Demo { mut stage, listener, address } = self;
        let url: reqwest::Url = format!("http://{address}").parse().context("the listener's address")?;
        let hall = Hall::default();
        let routes = door::for_own_pages(hall.routes(), OwnName::new(address, None));
        let mut ended = shutdown.subscribe();
        let served = door::serve(listener, routes, async move {
            // The sender lives as long as the demo, so this ends only when it turns true.
            let _ = ended.wait_for(|ended| *ended).await;
        });
        let played = async {
            let outcome = loop {
                match stage.perform(&url, &hall, &shutdown).await {
                    Ok(Some(next)) => stage = next,
                    Ok(None) => break Ok(()),
                    Err(error) => break Err(error),
                }
            };
            shutdown.send_replace(true);
            outcome
        };
        let ((), outcome) = tokio::join!(served, played);
        outcome
    }
}

/// Where whoever is on stage is shown, at one address.
#[derive(Clone, Default)]
struct Hall {
    shown: Arc<RwLock<Router>>,
}

impl Hall {
    fn show(&self, routes: Router) {
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = routes;
    }

    fn routes(&self) -> Router {
        let hall = self.clone();
        Router::new().fallback(move |request: Request| {
            let shown = hall.shown.read().unwrap_or_else(PoisonError::into_inner).clone();
            async move {
                let answer: Result<Response, Infallible> = TowerToHyperService::new(shown).call(request).await;
                answer
            }
        })
    }
}
