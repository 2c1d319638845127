//! The demo as a visitor meets it: the built program, and its page in headless Chromium, driven through chromedriver.
//!
//! Without a browser on the machine this passes with a notice, unless `DUBAN_REQUIRE_BROWSER=1` asks for one.
//! What the browser's console calls an error fails the story. `DUBAN_SCREENSHOT=docs/demo.png` keeps a picture of the
//! conversation, and beside it those of a phone, by night, and in English: `demo-phone.png` and so on.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use reqwest::{Client, Method};
use serde_json::{Value, json};
use tempfile::TempDir;

/// How often, and how many times, the page is looked at until it shows what it should.
const LOOKS: (Duration, usize) = (Duration::from_millis(100), 200);
/// The browser's bars take the rest, so that the page is 1280 by 800.
const WINDOW: &str = "--window-size=1280,943";
/// The key under which WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

const CHAT: &str = "//nav[@id='chats']//button";
const BOT_MESSAGE: &str = "//li[contains(@class,'bot')]";
const OWN_MESSAGE: &str = "//li[contains(@class,'own')]";
const REPLY: &str = "//*[@data-action='reply']";

/// How a visitor looks at the page.
#[derive(Clone, Copy)]
struct Look {
    language: &'static str,
    window: &'static str,
    scheme: &'static str,
}

const AT_A_DESK: Look = Look { language: "zh-CN", window: WINDOW, scheme: "light" };

#[tokio::test]
async fn a_visitor_reports_progress_and_the_coordinator_sees_it() {
    let Some(tools) = Tools::find() else {
        assert_ne!(std::env::var("DUBAN_REQUIRE_BROWSER").as_deref(), Ok("1"), "chromedriver or chromium is missing");
        eprintln!("not driven: chromedriver or chromium is not installed");
        return;
    };
    // Dropped last: the programs leave their files behind when they are ended.
    let folder = TempDir::new().unwrap();
    let (_demo, address) = demo(folder.path(), &[]);
    let page = Browser::open(&tools, folder.path(), &address, AT_A_DESK).await;

    // The group that is shown first is one where the first phrase is a report.
    page.see(&format!("{BOT_MESSAGE}[contains(.,'【工作提醒】')]")).await;
    page.click("//*[@id='hints']/button[1]").await;
    page.see("//*[@id='context'][not(@hidden)]").await;
    page.click("//*[@id='send']").await;
    let answer = format!("{OWN_MESSAGE}/following-sibling::li[contains(.,'已登记')][contains(.,'60%')]");
    page.see(&format!("{answer}//*[@class='button'][.='撤回']")).await;
    page.see("//*[@id='entries']/li[contains(.,'登记反馈')][contains(.,'李建国')]").await;
    page.save_screenshot("").await;

    page.click(&format!("{CHAT}[contains(.,'周敏')]")).await;
    page.say("第5项进展如何").await;
    page.see(&format!("{OWN_MESSAGE}/following-sibling::li[contains(.,'第5项')][contains(.,'推进中60%')]")).await;
    page.close().await;
}

#[tokio::test]
async fn a_visitor_sends_an_album_corrects_it_and_changes_sides_by_mouse() {
    let Some(tools) = Tools::find() else { return };
    let folder = TempDir::new().unwrap();
    let (_demo, address) = demo(folder.path(), &[]);
    let page = Browser::open(&tools, folder.path(), &address, AT_A_DESK).await;
    let reminder = format!("{BOT_MESSAGE}[contains(.,'【工作提醒】')]//*[@data-action='reply']");
    let attach = async |sample: &str| {
        page.click(&reminder).await;
        page.click("//*[@id='attach']").await;
        page.click(&format!("//*[@id='menu']/button[contains(.,'{sample}')]")).await;
        page.see("//*[@id='context'][not(@hidden)][contains(.,'[')]").await;
    };
    page.click(&format!("{CHAT}[contains(.,'省住房城乡建设厅')]")).await;

    // An album with a caption: one answer; its caption is corrected, and all of it withdrawn.
    attach("示例相册").await;
    page.say("第5项：进度60%").await;
    page.see(&format!("{BOT_MESSAGE}[contains(.,'推进中60%')][contains(.,'附件已留存')]")).await;
    page.click(&format!("{OWN_MESSAGE}[contains(.,'第5项：进度60%')]//*[@data-action='edit']")).await;
    page.say("，系统已上线").await;
    page.see(&format!("{BOT_MESSAGE}[contains(.,'已按修改后的内容更新')][contains(.,'推进中60%')]")).await;
    page.click(&format!("{BOT_MESSAGE}[contains(.,'附件已留存')]//*[@class='button'][.='撤回']")).await;
    page.see(&format!("{BOT_MESSAGE}[contains(.,'已撤回')]")).await;

    // A voice message is asked about; unclear words get their meaning by two presses.
    attach("示例语音").await;
    page.click("//*[@id='send']").await;
    page.see(&format!("{BOT_MESSAGE}[contains(.,'哪一项')]")).await;
    page.click(&reminder).await;
    page.say("快了快了").await;
    let question = format!("{BOT_MESSAGE}[contains(.,'没有看懂')]//*[@class='button'][contains(.,'第5项')]");
    page.click(&question).await;
    page.click(&format!("{BOT_MESSAGE}//*[@class='button'][.='推进中']")).await;
    page.see(&format!("{BOT_MESSAGE}[contains(.,'已登记 第5项')][contains(.,'推进中')]")).await;

    // Another person is refused, and the coordinators have their group.
    page.click("//*[@id='speaker']/option[.='匿名管理员']").await;
    page.click(&reminder).await;
    page.say("进度90%").await;
    page.see(&format!("{BOT_MESSAGE}[contains(.,'匿名管理员和频道身份')]")).await;
    page.click(&format!("{CHAT}[contains(.,'督办工作群')]")).await;
    page.see(&format!("{BOT_MESSAGE}[contains(.,'督办员群')]")).await;
    page.click("//*[@id='plus-one-day']").await;
    page.see("//*[@id='clock'][contains(.,'6月28日')]").await;
    page.close().await;
}

#[tokio::test]
async fn links_commands_and_trials_lead_somewhere() {
    let Some(tools) = Tools::find() else { return };
    let folder = TempDir::new().unwrap();
    let (_demo, address) = demo(folder.path(), &[]);
    let page = Browser::open(&tools, folder.path(), &address, AT_A_DESK).await;

    // A trial opens a chat with words that stand ready; a command in an answer is sent by a click.
    page.click("//*[@id='trials']//button[contains(.,'总体进展')]").await;
    page.click("//*[@id='send']").await;
    page.see(&format!("{OWN_MESSAGE}[contains(.,'总体进展')]/following-sibling::li")).await;
    page.say("/help").await;
    page.click(&format!("({BOT_MESSAGE}//button[@class='link'][.='/pending'])[last()]")).await;
    page.see(&format!("{OWN_MESSAGE}[contains(.,'/pending')]/following-sibling::li")).await;

    // The link to the board page leads there.
    page.say("/board").await;
    let link = "//a[contains(@href,'/board/')][starts-with(.,'http')]";
    page.see(link).await;
    let href = page.read(link, "property/href").await;
    let board = page.client.get(&href).send().await.unwrap();
    assert_eq!(board.status(), 200, "{href}");

    // The second coordinator is one too, and Escape closes a menu wherever the focus is.
    page.click(&format!("{CHAT}[contains(.,'何静')]")).await;
    page.say("/pending").await;
    page.see(&format!("{OWN_MESSAGE}/following-sibling::li[not(contains(.,'仅限'))]")).await;
    page.click("//*[@id='commands']").await;
    page.see("//*[@id='menu'][not(@hidden)]/button").await;
    page.handle("//*[@id='speaker-label'] | //*[@id='skip']", "value", json!({ "text": "\u{e00c}" })).await;
    page.see("//*[@id='menu'][@hidden]").await;
    page.close().await;
}

#[tokio::test]
async fn the_clock_goes_to_a_day_plays_and_begins_anew() {
    let Some(tools) = Tools::find() else { return };
    let folder = TempDir::new().unwrap();
    let (_demo, address) = demo(folder.path(), &[]);
    let page = Browser::open(&tools, folder.path(), &address, AT_A_DESK).await;
    page.see(&format!("{BOT_MESSAGE}[contains(.,'【工作提醒】')]")).await;

    page.run("document.getElementById('day').value = '2019-07-10'; document.getElementById('go-to').requestSubmit()")
        .await;
    page.see("//*[@id='clock'][contains(.,'7月10日')]").await;
    page.click("//*[@id='play']").await;
    page.see("//*[@id='play'][@aria-pressed='true']").await;
    page.see("//*[@id='clock'][not(contains(.,'7月10日'))]").await;
    page.click("//*[@id='play']").await;
    page.see("//*[@id='play'][@aria-pressed='false']").await;
    page.click("//*[@id='reset']").await;
    page.see("//*[@id='clock'][contains(.,'6月27日')]").await;
    page.see(&format!("{BOT_MESSAGE}[contains(.,'【工作提醒】')]")).await;
    page.close().await;
}

#[tokio::test]
async fn whatever_goes_wrong_nothing_is_lost() {
    let Some(tools) = Tools::find() else { return };
    let folder = TempDir::new().unwrap();
    let (_demo, address) = demo(folder.path(), &[]);
    let page = Browser::open(&tools, folder.path(), &address, AT_A_DESK).await;
    page.see(&format!("{BOT_MESSAGE}[contains(.,'【工作提醒】')]")).await;
    for (trouble, percent) in [("too_many", 31), ("no_answer", 32), ("stopped", 33)] {
        page.click(&format!("//*[@data-trouble='{trouble}']")).await;
        page.see(&format!("//*[@data-trouble='{trouble}'][@aria-pressed='true']")).await;
        page.click(&format!("({BOT_MESSAGE}{REPLY})[last()]")).await;
        page.say(&format!("第5项：进度{percent}%")).await;
        page.see(&format!("{OWN_MESSAGE}[contains(.,'进度{percent}%')]")).await;
        page.see("//*[@id='pending'][not(contains(.,'来信 0，待发的消息 0'))]").await;
        page.click("//*[@data-trouble='none']").await;
        page.see(&format!("{BOT_MESSAGE}[contains(.,'已登记')][contains(.,'{percent}%')]")).await;
        page.see("//*[@id='pending'][contains(.,'来信 0，待发的消息 0')]").await;
    }
    page.close().await;
}

/// A plan of an office's own; three days before its first date is a Saturday.
const OWN_PLAN: &str = "\
平安市2026年民生实事分工方案
各有关单位：
2026年3月2日
一、任务分工
（一）办好实事。
1.2026年6月30日前，建成便民服务平台。（市数据局负责）
2.2026年9月30日前，改造老旧小区十个。（市住建局牵头，市财政局配合）
3.2026年9月30日前，新增停车位五百个。（市城管局负责）
";

#[tokio::test]
async fn an_office_plays_its_own_plan() {
    let Some(tools) = Tools::find() else { return };
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("方案.txt");
    std::fs::write(&file, OWN_PLAN).unwrap();
    let (_demo, address) = demo(folder.path(), &[]);
    let page = Browser::open(&tools, folder.path(), &address, AT_A_DESK).await;
    page.see(&format!("{BOT_MESSAGE}[contains(.,'【工作提醒】')]")).await;

    // Dropped on the page, and played by one press.
    let drop = "const files = new DataTransfer(); \
                files.items.add(new File([arguments[0]], '方案.txt', { type: 'text/plain' })); \
                document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }))";
    page.post("execute/sync", json!({ "script": drop, "args": [OWN_PLAN] })).await.unwrap();
    page.click("//*[@id='as-plan']").await;
    opened(&page).await;
    page.close().await;

    // The same from the command line.
    let (_demo, address) = demo(folder.path(), &["--plan", file.to_str().unwrap()]);
    let profile = TempDir::new().unwrap();
    let page = Browser::open(&tools, profile.path(), &address, AT_A_DESK).await;
    opened(&page).await;
    page.close().await;
}

/// The own plan is on stage, on a working day, and the unit that is reminded is shown first, with a phrase that is a report.
async fn opened(page: &Browser) {
    for unit in ["市数据局", "市住建局", "市财政局", "市城管局"] {
        page.see(&format!("{CHAT}[contains(.,'{unit}')]")).await;
    }
    page.see("//*[@id='clock'][contains(.,'2026年6月29日')]").await;
    page.see("//*[@id='title'][.='市数据局']").await;
    page.see(&format!("{BOT_MESSAGE}[contains(.,'【工作提醒】')][contains(.,'第1项')]")).await;
    page.click("//*[@id='hints']/button[starts-with(.,'第1项')][1]").await;
    page.click("//*[@id='send']").await;
    page.see(&format!("{OWN_MESSAGE}/following-sibling::li[contains(.,'已登记')][contains(.,'60%')]")).await;
}

#[tokio::test]
async fn the_page_speaks_english_where_it_is_asked_to() {
    let Some(tools) = Tools::find() else { return };
    let folder = TempDir::new().unwrap();
    let (_demo, address) = demo(folder.path(), &[]);
    let look = Look { language: "en-US", ..AT_A_DESK };
    let page = Browser::open(&tools, folder.path(), &address, look).await;
    page.see("//*[@id='next-reminder'][contains(.,'Next reminder')]").await;
    page.see(&format!("{BOT_MESSAGE}[contains(.,'【工作提醒】')]//*[@class='gloss'][contains(.,'reminder')]")).await;
    page.see("//*[@id='entries']/li[contains(.,'reminder sent')][contains(.,'the bot')]").await;
    page.see("//html[@lang='en']").await;
    page.save_screenshot("-english").await;
    page.close().await;
}

#[tokio::test]
async fn the_page_fits_a_phone_by_night() {
    let Some(tools) = Tools::find() else { return };
    let folder = TempDir::new().unwrap();
    let (_demo, address) = demo(folder.path(), &[]);
    let look = Look { window: "--window-size=500,943", scheme: "dark", ..AT_A_DESK };
    let page = Browser::open(&tools, folder.path(), &address, look).await;
    page.click(&format!("{CHAT}[contains(.,'省住房城乡建设厅')]")).await;
    page.see(&format!("{BOT_MESSAGE}[contains(.,'【工作提醒】')]")).await;
    let wider = page.run("return document.documentElement.scrollWidth - innerWidth").await;
    assert!(wider.as_i64().is_some_and(|wider| wider <= 0), "the page is wider than the phone: {wider}");
    page.save_screenshot("-phone").await;
    page.click("//*[@id='room-switch']").await;
    page.see("//*[@id='room'][not(@hidden)]").await;
    page.save_screenshot("-room").await;
    page.click("//*[@id='trials']//button[contains(.,'说说进展')]").await;
    page.click("//*[@id='send']").await;
    page.see(&format!("{OWN_MESSAGE}/following-sibling::li[contains(.,'已登记')]")).await;
    page.click("//*[@id='back']").await;
    page.see(CHAT).await;
    page.close().await;
}

/// The two programs that drive the page.
struct Tools {
    chromedriver: PathBuf,
    chromium: PathBuf,
}

impl Tools {
    fn find() -> Option<Tools> {
        let chromium = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(on_path)?;
        Some(Tools { chromedriver: on_path("chromedriver")?, chromium })
    }
}

fn on_path(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// A program that ends with the test, also with one that panics.
struct Running {
    child: Child,
    /// Kept open: a program that writes to a closed pipe fails.
    output: BufReader<ChildStdout>,
}

impl Running {
    fn start(command: &mut Command, folder: &Path) -> Running {
        let command = command.env("TMPDIR", folder).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Running { child, output }
    }

    /// What follows `mark` in the first line that holds it.
    fn told_after(&mut self, mark: &str) -> String {
        let mut lines = (&mut self.output).lines().map(Result::unwrap);
        let told = lines.find_map(|line| line.split_once(mark).map(|(_, told)| told.to_owned()));
        told.unwrap_or_else(|| panic!("the program ended without a line that holds {mark:?}"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The demo on a port of its own, and the address of its page as it tells it.
fn demo(folder: &Path, more: &[&str]) -> (Running, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
    command.args(["demo", "--listen", "127.0.0.1:0"]).args(more).env("RUST_LOG", "error");
    let mut demo = Running::start(&mut command, folder);
    let address = demo.told_after("http://");
    (demo, format!("http://{}", address.trim()))
}

/// One page in a browser with a fresh profile.
struct Browser {
    client: Client,
    session: String,
    _driver: Running,
}

impl Browser {
    async fn open(tools: &Tools, folder: &Path, address: &str, look: Look) -> Browser {
        let mut command = Command::new(&tools.chromedriver);
        let mut driver = Running::start(command.arg("--port=0").stderr(Stdio::null()), folder);
        let port = driver.told_after("started successfully on port ");
        let driver_address = format!("http://127.0.0.1:{}/session", port.trim_end_matches('.'));
        // A proxy that the environment names is not for this machine's own addresses.
        let client = Client::builder().no_proxy().timeout(Duration::from_secs(30)).build().unwrap();
        let capabilities = capabilities(&tools.chromium, &folder.join("profile"), look);
        let session = ask(&client, Method::POST, &driver_address, &capabilities).await.unwrap();
        let session = format!("{driver_address}/{}", session["sessionId"].as_str().unwrap());
        let browser = Browser { client, session, _driver: driver };
        let scheme = json!([{ "name": "prefers-color-scheme", "value": look.scheme }]);
        let media = json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "features": scheme } });
        browser.post("goog/cdp/execute", media).await.unwrap();
        browser.post("url", json!({ "url": address })).await.unwrap();
        browser
    }

    async fn post(&self, path: &str, wish: Value) -> Result<Value, String> {
        ask(&self.client, Method::POST, &format!("{}/{path}", self.session), &wish).await
    }

    /// Tries again, within bounds, until the page is as far as that.
    async fn until_done(&self, what: &str, attempt: impl AsyncFn() -> Result<(), String>) {
        let (pause, times) = LOOKS;
        let mut why = String::new();
        for _ in 0..times {
            match attempt().await {
                Ok(()) => return,
                Err(error) => why = error,
            }
            tokio::time::sleep(pause).await;
        }
        let text = self.post("execute/sync", json!({ "script": "return document.body.innerText", "args": [] })).await;
        panic!("{what}: {why}\nthe page shows: {text:?}");
    }

    async fn find(&self, xpath: &str) -> Result<String, String> {
        let found = self.post("element", json!({ "using": "xpath", "value": xpath })).await?;
        found[ELEMENT].as_str().map(str::to_owned).ok_or_else(|| format!("no element: {found}"))
    }

    async fn see(&self, xpath: &str) {
        self.until_done(xpath, async || self.find(xpath).await.map(drop)).await;
    }

    /// The page draws anew when something arrives, and what was found may be gone: finding and using count as one.
    async fn handle(&self, xpath: &str, action: &str, wish: Value) {
        let attempt = async || {
            let element = self.find(xpath).await?;
            self.post(&format!("element/{element}/{action}"), wish.clone()).await.map(drop)
        };
        self.until_done(xpath, attempt).await;
    }

    async fn click(&self, xpath: &str) {
        self.handle(xpath, "click", json!({})).await;
    }

    /// Types into the composer and sends.
    async fn say(&self, text: &str) {
        self.handle("//*[@id='input']", "value", json!({ "text": text })).await;
        self.click("//*[@id='send']").await;
    }

    /// What an element has.
    async fn read(&self, xpath: &str, what: &str) -> String {
        let element = self.find(xpath).await.unwrap();
        let address = format!("{}/element/{element}/{what}", self.session);
        let read = ask(&self.client, Method::GET, &address, &json!({})).await.unwrap();
        read.as_str().unwrap_or_default().to_owned()
    }

    async fn run(&self, script: &str) -> Value {
        self.post("execute/sync", json!({ "script": script, "args": [] })).await.unwrap()
    }

    /// Where pictures are wanted, with `mark` before the ending of the file that is named.
    async fn save_screenshot(&self, mark: &str) {
        let Some(file) = std::env::var_os("DUBAN_SCREENSHOT").map(PathBuf::from) else { return };
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let file = file.with_file_name(format!("{stem}{mark}.png"));
        let screenshot = ask(&self.client, Method::GET, &format!("{}/screenshot", self.session), &json!({})).await;
        std::fs::write(file, decode_base64(screenshot.unwrap().as_str().unwrap())).unwrap();
    }

    /// Ends the browser before its profile is removed. Nothing may have gone wrong in the page.
    async fn close(self) {
        let said = self.post("se/log", json!({ "type": "browser" })).await.unwrap();
        let errors: Vec<&Value> =
            said.as_array().into_iter().flatten().filter(|entry| entry["level"] == "SEVERE").collect();
        assert!(errors.is_empty(), "the browser's console: {errors:?}");
        ask(&self.client, Method::DELETE, &self.session, &json!({})).await.unwrap();
    }
}

/// A browser without a window and without business of its own. Over a pipe it ends when the driver does, however that
/// ended.
fn capabilities(chromium: &Path, profile: &Path, look: Look) -> Value {
    let language = format!("--accept-lang={}", look.language);
    let profile = format!("--user-data-dir={}", profile.display());
    let flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--force-prefers-reduced-motion",
        "--remote-debugging-pipe",
        look.window,
        &language,
        &profile,
    ];
    let options = json!({
        "binary": chromium, "args": flags, "prefs": { "intl.accept_languages": look.language }
    });
    json!({ "capabilities": { "alwaysMatch": {
        "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" }
    } } })
}

/// The value of WebDriver's answer, or what it says is wrong.
async fn ask(client: &Client, method: Method, address: &str, wish: &Value) -> Result<Value, String> {
    let request = client.request(method.clone(), address);
    let request = if method == Method::POST { request.json(wish) } else { request };
    let response = request.send().await.unwrap();
    let is_done = response.status().is_success();
    let mut answer: Value = response.json().await.unwrap();
    let value = answer["value"].take();
    if is_done { Ok(value) } else { Err(value["message"].as_str().unwrap_or_default().to_owned()) }
}

/// Pictures come as base64.
fn decode_base64(text: &str) -> Vec<u8> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits: Vec<usize> = text.chars().filter_map(|digit| ALPHABET.find(digit)).collect();
    let bytes = |four: &[usize]| {
        let bits = four.iter().enumerate().fold(0, |bits, (at, digit)| bits | digit << (18 - 6 * at));
        let [_, bytes @ ..] = u32::try_from(bits).unwrap().to_be_bytes();
        bytes.into_iter().take(four.len() * 6 / 8).collect::<Vec<_>>()
    };
    digits.chunks(4).flat_map(bytes).collect()
}
