//! Half a year of two plans in the papers that coordinators take to the meeting and file afterwards, read back with other
//! libraries.

use std::path::{Path, PathBuf};

use calamine::{Reader, Xlsx, open_workbook};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use crate::office::at;
use crate::papers::{part_of, text_of};
use crate::talk::Talk;
use duban::filing;
use duban::intent::paper::Paper;
use duban::office::ids::PlanId;
use duban::store::Store;

pub const COORDINATORS: i64 = -900;
pub const ZHOU: i64 = 91;
/// A folder in which the papers are kept for whoever wants to look at them.
const KEPT: &str = "DUBAN_KEEP_PAPERS";

pub const UNITS: [(i64, i64, &str); 12] = [
    (-1_001_000_000_001, 11, "省住房城乡建设厅"),
    (-1_001_000_000_002, 12, "省政务局"),
    (-1_001_000_000_003, 13, "省公安厅"),
    (-1_001_000_000_004, 14, "省财政厅"),
    (-1_001_000_000_005, 15, "省司法厅"),
    (-1_001_000_000_006, 16, "省发展改革委"),
    (-1_001_000_000_007, 17, "省市场监管局"),
    (-1_001_000_000_008, 18, "长沙市人民政府"),
    (-1_001_000_000_009, 19, "株洲市人民政府"),
    (-1_001_000_000_010, 20, "省自然资源厅"),
    (-1_001_000_000_011, 21, "省人力资源社会保障厅"),
    (-1_001_000_000_012, 22, "省教育厅"),
];
const OTHER_PLAN: &str = "湖南省优化营商环境2019年重点工作任务分工方案\n湘政办发〔2019〕15号\n湖南省人民政府办公厅\n2019年3月1日\n\
     1.开办企业环节压减到4个，2019年5月底前完成。（省市场监管局牵头，省公安厅、省税务局负责）\n\
     2.获得电力办理时间压缩到15个工作日，2019年7月10日前完成。（省发展改革委牵头，长沙市人民政府负责）\n\
     3.不动产登记“一窗受理”覆盖到县，2019年9月底前完成。（省自然资源厅牵头，省住房城乡建设厅负责）\n\
     4.建立营商环境投诉举报平台，2019年7月底前上线。（省政务局负责）";

/// Every report: the instant, which unit, and its words.
const REPORTS: [(&str, usize, &str); 36] = [
    ("01-25 10:00:00", 0, "/report@duban_bot 5 10% 已印发审批系统建设方案"),
    ("01-25 10:10:00", 1, "/report@duban_bot 1 15% 已梳理省本级行政许可事项273项"),
    ("01-25 10:20:00", 1, "/report@duban_bot 22 20% 已发布第一批“马上办”清单"),
    ("01-25 11:00:00", 5, "/report@duban_bot 6 30% 已清理政策文件1200件"),
    ("02-25 10:00:00", 0, "/report@duban_bot 5 25% 系统完成招标，正在部署"),
    ("02-25 10:10:00", 6, "/report@duban_bot 4 40% 企业开办全程网上办已在长沙试点"),
    ("02-25 10:20:00", 6, "/report@duban_bot 16 30% 已制定年度抽查计划"),
    ("02-25 10:40:00", 4, "/report@duban_bot 9 60% 已公布取消证明事项目录。问题：部分市州未同步公布"),
    ("03-25 10:00:00", 2, "/report@duban_bot 4 30% 公章刻制备案已接入一网通办"),
    ("03-25 10:10:00", 2, "/report@duban_bot 5 无进展"),
    ("03-25 10:11:00", 3, "/report@duban_bot 5 无进展"),
    ("03-25 10:12:00", 4, "/report@duban_bot 5 无进展"),
    ("03-25 10:13:00", 10, "/report@duban_bot 5 无进展"),
    ("03-25 10:14:00", 11, "/report@duban_bot 5 无进展"),
    ("03-25 10:30:00", 5, "/report@duban_bot 12 50% 已公布涉企收费目录清单"),
    ("03-25 10:40:00", 10, "/done@duban_bot 33 “芙蓉人才计划”配套细则已全部出台"),
    ("04-25 10:00:00", 0, "/report@duban_bot 5 60% 省级系统上线试运行，11个市州完成对接。问题：市县数据未打通"),
    ("04-25 10:10:00", 5, "/report@duban_bot 5 45% 企业投资项目承诺制试点方案已印发"),
    ("04-25 10:20:00", 7, "/report@duban_bot 26 70% 长沙市“互联网+不动产登记”平台已上线"),
    ("04-25 10:30:00", 9, "/report@duban_bot 26 50% 已与税务、住建系统共享数据"),
    ("04-25 10:40:00", 11, "/report@duban_bot 29 20% 已认定省级双创基地15个"),
    ("05-24 10:00:00", 6, "/report@duban_bot 7 受阻，国家层面目录尚未下发"),
    ("05-24 10:10:00", 6, "/report@duban_bot 17 35% 查处认证违法案件42起"),
    ("05-24 10:20:00", 3, "/report@duban_bot 13 40% 已设立中小微企业信贷风险补偿基金"),
    ("05-24 10:30:00", 8, "/report@duban_bot 26 40% 已在主城区推行“一窗受理”"),
    ("05-24 10:40:00", 1, "/report@duban_bot 25 55% 省政务大厅进驻部门38个。经验：推行“一窗受理”无差别综合窗口"),
    ("06-25 10:00:00", 0, "/report@duban_bot 5 85% 全省统一审批系统已与14个市州对接。问题：市县数据未打通"),
    ("06-25 10:10:00", 7, "/report@duban_bot 5 85% 已完成对接"),
    ("06-25 10:11:00", 8, "/report@duban_bot 20 无进展"),
    ("06-25 10:12:00", 7, "/report@duban_bot 20 无进展"),
    ("06-25 10:20:00", 7, "/done@duban_bot 26 长沙市主城区和县市已普遍实行"),
    ("06-25 10:30:00", 9, "/extend@duban_bot 26 2019-08-31 历史遗留数据清理量大"),
    ("06-25 10:40:00", 2, "/report@duban_bot 10 20% 已清理本系统职业资格事项"),
    ("07-02 10:00:00", 1, "/report@duban_bot 28 50% 省级平台已具备接入条件"),
    ("07-03 10:00:00", 2, "/report@duban_bot 19 打击电信诈骗专项行动破案1200起"),
    ("07-03 10:10:00", 3, "/report@duban_bot 6 无进展"),
];

/// When somebody looks at the schedule: for the first time, for a call for progress, for a briefing.
const LOOKS: [&str; 3] = ["06-24 16:00:00", "06-25 09:00:30", "06-28 17:00:30"];

/// When the papers are made: a Thursday.
pub fn meeting() -> DateTime<Utc> {
    at("07-04 17:00:00").to_utc()
}

/// Half a year of the demonstration plan, and with `plans` two of a second one; told by the product's own flow.
pub async fn half_a_year(plans: usize) -> Talk {
    let mut names = vec![(COORDINATORS, "督办群"), (ZHOU, "周敏")];
    names.extend(UNITS.iter().flat_map(|(chat, person, unit)| [(*chat, *unit), (*person, "联络员")]));
    let mut talk = Talk::begin("01-24 09:00:00", &names).await;
    if plans > 1 {
        let file = talk.office.path("营商环境.txt");
        std::fs::write(&file, OTHER_PLAN).expect("written");
        talk.office.ask(&["plan", "import", &file.to_string_lossy()]);
    }
    talk.office.ask(&["policy", "office", "湖南省人民政府督查室"]);
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    for (chat, person, unit) in UNITS {
        talk.bind(chat, person, unit).await;
    }
    let mut now = at("01-24 09:00:00");
    let mut looks = LOOKS.into_iter().peekable();
    for (instant, unit, words) in REPORTS {
        while let Some(look) = looks.next_if(|look| *look < instant) {
            talk.go_on(at(look) - now);
            now = at(look);
            talk.tick().await;
        }
        let (chat, person, _) = UNITS[unit];
        talk.go_on(at(instant) - now);
        now = at(instant);
        talk.say(chat, person, words).await;
        if words.starts_with("/done@duban_bot 33") {
            let accept = talk.label(COORDINATORS, "同意办结");
            talk.press(COORDINATORS, ZHOU, &accept).await;
        }
    }
    talk.go_on(at("07-04 09:00:30") - now);
    let (chat, person, _) = UNITS[1];
    let file = json!({"document": {"file_id": "f", "file_name": "接入证明.pdf"}});
    talk.message(chat, person, "/report@duban_bot 28 60% 省级平台已完成接入测试", file).await;
    talk.say(COORDINATORS, ZHOU, "/notice@duban_bot 约谈 省财政厅 第13项推进迟缓").await;
    let confirm = talk.label(COORDINATORS, "确认");
    talk.press(COORDINATORS, ZHOU, &confirm).await;
    talk.say(COORDINATORS, ZHOU, "/notice@duban_bot 提醒 省教育厅 第29项多次未按时反馈").await;
    let confirm = talk.label(COORDINATORS, "确认");
    talk.press(COORDINATORS, ZHOU, &confirm).await;
    let tell = talk.label(COORDINATORS, "通知该单位");
    talk.press(COORDINATORS, ZHOU, &tell).await;
    talk.go_on(TimeDelta::hours(8));
    talk
}

/// A paper as the office gets it, in a file.
pub async fn paper(talk: &Talk, paper: Paper, name: &str) -> PathBuf {
    let store = Store::open(&talk.office.database()).await.expect("opened");
    let mut tx = store.read(meeting()).await.expect("read");
    let made = filing::making::file(&mut tx, paper, 0, meeting()).await.expect("made").expect("a page");
    drop(tx);
    store.close().await;
    let file = talk.office.path(name);
    std::fs::write(&file, &made.bytes).expect("written");
    if let Some(folder) = std::env::var_os(KEPT) {
        std::fs::copy(&file, Path::new(&folder).join(name)).expect("kept");
    }
    file
}

#[tokio::test]
async fn a_bulletin_that_an_office_signs() {
    let talk = half_a_year(1).await;
    let issue = Paper::BulletinOf { plan: None, issue: Some(3) };
    let file = paper(&talk, issue, "bulletin.docx").await;
    let words = text_of(&file);
    let parts = [
        "关于《湖南省深化“放管服”改革转变政府职能重点任务分工方案》落实情况的督查通报（第3期）",
        "各有关单位：",
        "（湘政办发〔2019〕1号）落地见效，根据各单位反馈情况，现将截至2019年7月4日的落实情况通报如下。",
        "一、总体情况",
        "共有任务33项：已办结1项，提请办结0项，推进中16项，受阻1项，未启动15项，中止0项。其中逾期2项",
        "图1　任务办理情况（任务33项）",
        "推进中　16",
        "二、主要进展",
        "省住房城乡建设厅：进度85%，全省统一审批系统已与14个市州对接；省发展改革委：进度45%，",
        "省教育厅等5个单位：无进展。",
        "三、存在问题",
        "表1　逾期任务（任务2项，责任17项）",
        "第26项省自然资源厅2019.6.304进度50%，历史遗留数据清理量大2019.8.31（申请中）",
        "省住房城乡建设厅：市县数据未打通。",
        "对省教育厅予以提醒：第29项多次未按时反馈。",
        "四、下一步要求",
        "（一）压实工作责任。",
        "附件：1. 各单位任务办理情况",
        "2. 未能通知的单位",
        "湖南省人民政府督查室2019年7月4日附件1",
        "督办台账第",
    ];
    let mut rest = words.as_str();
    for part in parts {
        let (_, after) = rest.split_once(part).unwrap_or_else(|| panic!("{part} in {rest}"));
        rest = after;
    }
    let head = talk.office.ask_json(&["verify", "--json"])["ledger"]["head"].as_str().expect("a head").to_owned();
    assert!(rest.ends_with(&head[..8]) && !words.contains(&head[..9]), "{rest}");
    // Nobody was told of the one, and no unit says a thing twice.
    assert!(!words.contains("约谈：") && !words.contains("17:00"), "{words}");
    assert_eq!(words.matches("全省统一审批系统已与14个市州对接").count(), 1);
    assert_eq!(words.matches("市县数据未打通").count(), 2, "once as the reason, once among the problems");
    // Every paragraph has a style, and no run has looks of its own.
    let document = part_of(&file, "word/document.xml");
    assert_eq!(
        document.matches("<w:p ").count() + document.matches("<w:p>").count(),
        document.matches("<w:pStyle").count()
    );
    assert!(!document.contains("<w:rFonts") && !document.contains("<w:sz "));
    assert_eq!(document.matches("<w:tblHeader/>").count(), 3);
    for name in ["公文标题", "公文正文", "heading 1", "落款"] {
        assert!(part_of(&file, "word/styles.xml").contains(name), "{name}");
    }
}

#[tokio::test]
async fn the_office_signs_what_units_are_told() {
    const GROUP: i64 = -1001;
    let mut talk =
        Talk::begin("06-26 16:00:00", &[(GROUP, "住建厅群"), (COORDINATORS, "督办群"), (11, "李明"), (ZHOU, "周敏")])
            .await;
    talk.bind(GROUP, 11, "省住房城乡建设厅").await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.say(COORDINATORS, ZHOU, "/policy@duban_bot office 省政府督查室").await;
    talk.press(COORDINATORS, ZHOU, "确认修改").await;
    talk.tick().await;
    talk.go_on(TimeDelta::hours(17));
    talk.take();
    talk.tick().await;
    talk.say(COORDINATORS, ZHOU, "/remind@duban_bot 5 省住房城乡建设厅").await;
    talk.reply(GROUP, 11, "进度60%").await;
    insta::assert_snapshot!(talk.take(), @"
    〔6月27日09:00〕
      → 住建厅群：【工作提醒】省住房城乡建设厅　6月27日（周四）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有3天／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有3天／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。／—— 省政府督查室［全部无变化］［逐项填报］
    周敏@督办群：/remind@duban_bot 5 省住房城乡建设厅
      → 督办群：已催办：省住房城乡建设厅 1 项。
      → 住建厅群：【催办】督办员周敏请贵单位抓紧反馈下列任务进展：／第5项 压缩工程项目审批时间：时限6月30日／请回复本条写明进展，有困难请一并说明。／—— 省政府督查室
      ≡ nudged
    李明@住建厅群：进度60%
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：推进中60%［撤回］
      ≡ contact_registered
      ≡ report_recorded
    ");
}

#[tokio::test]
async fn a_bulletin_of_one_plan_of_two() {
    let mut talk = half_a_year(2).await;
    let both = text_of(&paper(&talk, Paper::Bulletin, "both.docx").await);
    assert!(both.starts_with(
        "关于《湖南省深化“放管服”改革转变政府职能重点任务分工方案》等2个方案落实情况的督查通报（第　　期）"
    ));
    assert!(both.contains("共有任务37项") && both.contains("逾期任务3项，涉及各单位的责任20项，见表1至表2"), "{both}");
    let other = "表2　《优化营商环境》逾期任务（任务1项，责任3项）任务责任单位应完成日期逾期天数原因新时限第1项省市场监管局、省公安厅2019.5.3134尚无反馈—";
    assert!(both.contains(other), "{both}");
    talk.take();
    talk.say(COORDINATORS, ZHOU, "/bulletin@duban_bot 营商环境 第3期").await;
    talk.say(COORDINATORS, ZHOU, "/bulletin@duban_bot 政务公开").await;
    talk.say(COORDINATORS, ZHOU, "/bulletin@duban_bot 分工方案 4期").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/bulletin@duban_bot 营商环境 第3期
      → 督办群：（文件）
    周敏@督办群：/bulletin@duban_bot 政务公开
      → 督办群：请写明是哪个方案：《湖南省深化“放管服”改革转变政府职能重点任务分工方案》、《湖南省优化营商环境2019年重点工作任务分工方案》。例如 /bulletin 营商环境。
    周敏@督办群：/bulletin@duban_bot 分工方案 4期
      → 督办群：请写明是哪个方案：《湖南省深化“放管服”改革转变政府职能重点任务分工方案》、《湖南省优化营商环境2019年重点工作任务分工方案》。例如 /bulletin 营商环境。
    ");
    let one = paper(&talk, Paper::BulletinOf { plan: Some(PlanId(2)), issue: Some(3) }, "one.docx").await;
    let one = text_of(&one);
    assert!(
        one.starts_with("关于《湖南省优化营商环境2019年重点工作任务分工方案》落实情况的督查通报（第3期）"),
        "{one}"
    );
    assert!(one.contains("共有任务4项") && !one.contains("第33项"), "{one}");
    assert!(!one.contains("省教育厅"), "it has no part in this plan: {one}");
}

/// A unit with a part in both: what is on record about it is of the plan that it names.
#[tokio::test]
async fn a_bulletin_of_one_plan_leaves_out_what_names_another() {
    let mut talk = half_a_year(2).await;
    for reason in ["《深化“放管服”改革转变政府职能》推进迟缓", "《优化营商环境》组织有力"]
    {
        talk.say(COORDINATORS, ZHOU, &format!("/notice@duban_bot 提醒 省公安厅 {reason}")).await;
        for label in ["确认", "通知该单位"] {
            let button = talk.label(COORDINATORS, label);
            talk.press(COORDINATORS, ZHOU, &button).await;
        }
    }
    let one = paper(&talk, Paper::BulletinOf { plan: Some(PlanId(2)), issue: Some(3) }, "one.docx").await;
    let one = text_of(&one);
    assert!(one.contains("对省公安厅予以提醒") && one.contains("组织有力"), "{one}");
    assert!(!one.contains("推进迟缓"), "{one}");
}

#[tokio::test]
async fn a_workbook_that_is_filed() {
    let talk = half_a_year(2).await;
    let file = paper(&talk, Paper::Workbook, "ledger.xlsx").await;
    let mut workbook: Xlsx<_> = open_workbook(&file).expect("a workbook");
    let mut rows = |sheet: &str| -> Vec<Vec<String>> {
        let sheet = workbook.worksheet_range(sheet).expect("a sheet");
        sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    let tasks = rows("任务");
    insta::assert_snapshot!(tasks[0].join("｜"), @"序号｜任务｜牵头单位｜责任单位｜时限｜进度｜进展情况｜存在问题｜状态｜灯｜逾期天数｜部分｜计划");
    insta::assert_snapshot!([5, 7, 34].map(|row: usize| tasks[row].join("｜")).join("\n---\n"), @"
    5｜压缩工程项目审批时间，2019年6月底前，建成上下贯通的全省统一审批系统，材料一次交齐、多项审批并办，房屋建筑和城市基础设施项目用时控制在120个工作日以内。企业投资项目推行承诺制。｜省住房城乡建设厅｜省直各部门｜43646｜85｜省住房城乡建设厅：进度85%，全省统一审批系统已与14个市州对接
    省发展改革委：进度45%，企业投资项目承诺制试点方案已印发
    省教育厅等5个单位：无进展｜省住房城乡建设厅：市县数据未打通｜推进中｜逾期｜4｜（一）向简政放权要活力｜湖南省深化“放管服”改革转变政府职能重点任务分工方案
    ---
    7｜压减生产许可和准入证，同类许可能并则并；工艺成熟、靠市场和日常监管管得住质量的产品不再发证，涉安全环保的除外；转为强制认证的平稳衔接，省级审批权交市州市场监管部门行使。｜省市场监管局｜省直各部门｜｜｜省市场监管局：受阻，国家层面目录尚未下发｜｜受阻｜关注｜｜（一）向简政放权要活力｜湖南省深化“放管服”改革转变政府职能重点任务分工方案
    ---
    1｜开办企业环节压减到4个，2019年5月底前完成。｜省市场监管局｜省公安厅、省税务局｜43616｜｜｜｜未启动｜逾期｜34｜｜湖南省优化营商环境2019年重点工作任务分工方案
    ");
    let evidence =
        rows("反馈").into_iter().find(|row| row[1] == "28" && !row[11].is_empty()).expect("a report with a file");
    assert_eq!(evidence[11], "接入证明.pdf");
    let sheets: Vec<String> =
        (1..=12).map(|sheet| part_of(&file, &format!("xl/worksheets/sheet{sheet}.xml"))).collect();
    let linked = sheets.iter().position(|sheet| sheet.contains("<hyperlink ")).expect("a sheet with links") + 1;
    let targets = part_of(&file, &format!("xl/worksheets/_rels/sheet{linked}.xml.rels"));
    assert!(targets.contains("https://t.me/c/1000000002/"), "{targets}");
    for sheet in &sheets {
        assert!(sheet.contains(r#"paperSize="9""#) || sheet.contains(r#"paperSize="8""#), "{sheet}");
        assert!(sheet.contains(r#"orientation="landscape""#), "{sheet}");
    }
    // So many columns are read on A3 only.
    assert!(sheets[2].contains(r#"paperSize="8""#), "{}", sheets[2]);
    assert!(part_of(&file, "xl/workbook.xml").contains("任务!$1:$1"), "the head stands on every page");
    let ledger = rows("台账");
    assert_eq!(ledger[0], ["序号", "时间", "办理人", "事项", "内容", "哈希", "原始记录（时间、主体、类型、内容）"]);
    for row in &ledger[1..] {
        assert!(!row[3].is_ascii(), "in words: {row:?}");
        assert!(row[6].starts_with("20") && row[6].contains('{'), "as it was hashed: {row:?}");
    }
    let reported = ledger.iter().find(|row| row[6].contains("report_recorded")).expect("a report");
    insta::assert_snapshot!(reported[2..5].join("｜"), @"联络员｜登记反馈｜第5项 省住房城乡建设厅；状态：推进中；进度：10%；内容：/report@duban_bot 5 10% 已印发审批系统建设方案");
}

#[tokio::test]
async fn pictures_of_two_plans() {
    let talk = half_a_year(2).await;
    for (what, name) in [(Paper::Board, "board.png"), (Paper::Timeline, "timeline.png")] {
        let file = paper(&talk, what, name).await;
        assert!(std::fs::read(file).expect("read").starts_with(b"\x89PNG"));
    }
    let store = Store::open(&talk.office.database()).await.expect("opened");
    let mut tx = store.read(meeting()).await.expect("read");
    let page = filing::making::board_page(&mut tx).await.expect("made");
    for words in ["逾期任务 3 项", "按部分（任务）《优化营商环境》", "湖南省人民政府督查室<br>台账"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[tokio::test]
async fn what_coordinators_take_to_the_meeting() {
    let mut talk = half_a_year(2).await;
    talk.take();
    talk.say(COORDINATORS, ZHOU, "/brief@duban_bot").await;
    for button in ["待核定 2", "两周到期 1", "会议材料"] {
        talk.press(COORDINATORS, ZHOU, button).await;
    }
    talk.say(-1_001_000_000_001, 11, "/brief@duban_bot").await;
    let said = talk.take();
    let (told, head) = said.split_once("／台账 ").expect("the ledger's head stands last");
    let (_, rest) = head.split_once('［').expect("buttons");
    insta::assert_snapshot!(format!("{told}［{rest}"), @"
    周敏@督办群：/brief@duban_bot
      → 督办群：【督办简报】湖南省人民政府督查室　截至2019年7月4日（周四）17:00／任务 37 项：已办结 1，提请办结 0，推进中 16，受阻 1，未启动 19，中止 0；其中逾期 3 项。／各单位承担的责任 487 项：已反馈 30，未反馈 205，未能通知 252；待答复的问题 2 个；未能通知的单位 22 个。／6月28日以来：登记责任进展 4 项次，同意办结 0 项，退回 0 项。／本期反馈消息 4 条：请联络员确认 0 条，撤回 0 条，更正 0 条，退回 0 条。／新逾期任务 2 项：第5项 压缩工程项目审批时间（6月30日到期）；第26项 压缩产权登记办理时间（6月30日到期）。／待核定 2 件：第26项长沙市人民政府提请办结（长沙市2019年6月底前）（9天）；第26项省自然资源厅延期至8月31日（9天）。／今后两周到期 1 个：7月10日 《优化营商环境》第2项（2 个单位，2 个单位近期未反馈：省发展改革委、长沙市人民政府）。／6月25日收集进展：通知 12 个单位，已反馈 7 个，未反馈 5 个：省发展改革委、省教育厅、省司法厅、省人力资源社会保障厅、省市场监管局。／建议催办：第5项（10 个单位）；第26项（2 个单位）；《优化营商环境》第1项（2 个单位）；《优化营商环境》第2项（2 个单位）。可发送 /remind 5。［逾期 3］［待核定 2］［问题 2］［未反馈单位 12］［两周到期 1］［会议材料］
    周敏@督办群 点按［待核定 2］
      → 督办群：待核定：提请办结 1 项，申请延期 1 项（截至2019年7月4日（周四）17:00）／1. 第26项 压缩产权登记办理时间｜长沙市人民政府提请办结（长沙市2019年6月底前）（6月25日，已等9天）：26 长沙市主城区和县市已普遍实行／2. 第26项 压缩产权登记办理时间｜省自然资源厅申请延期至8月31日（原时限6月30日）（6月25日，已等9天）：26 2019-08-31 历史遗留数据清理量大［1. 第26项 同意（该时限）］［1. 第26项 整项办结］［1. 第26项 退回］［2. 第26项 同意延期］［2. 第26项 不同意］
    周敏@督办群 点按［两周到期 1］
      → 督办群：7月4日至7月18日到期 1 个时限（截至2019年7月4日（周四）17:00）／第2项 获得电力办理时间压缩到15个工作日：7月10日到期，省发展改革委、长沙市人民政府
    周敏@督办群 点按［会议材料］
      → 督办群：（文件）
    联络员@省住房城乡建设厅：/brief@duban_bot
      → 省住房城乡建设厅：跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单位任务请发送 /tasks。
    ");
    insta::assert_snapshot!(text_of(&paper(&talk, Paper::Meeting, "meeting.docx").await), @"督办工作会议材料（湖南省人民政府督查室　截至2019年7月4日）一、总体情况任务37项：已办结1项，提请办结0项，推进中16项，受阻1项，未启动19项，中止0项；其中逾期3项。各单位承担的责任487项，已反馈30项，未反馈205项，未能通知252项；未能通知的单位22个。二、2019年6月28日以来的变化收到反馈消息4条，登记责任进展4项次；同意办结0项，退回0项。新办结任务：无。新办结责任：无。新逾期任务2项：《深化“放管服”改革转变政府职能》第5项压缩工程项目审批时间（2019年6月30日到期）；《深化“放管服”改革转变政府职能》第26项压缩产权登记办理时间（2019年6月30日到期）。新受阻责任：无。三、待核定事项（2件）任务单位事项提出日期已等天数《深化“放管服”改革转变政府职能》第26项 压缩产权登记办理时间长沙市人民政府提请办结（长沙市2019年6月底前）2019.6.259《深化“放管服”改革转变政府职能》第26项 压缩产权登记办理时间省自然资源厅延期至2019.8.312019.6.259四、今后两周到期到期日任务单位近期未反馈的单位2019.7.10《优化营商环境》第2项 获得电力办理时间压缩到15个工作日2省发展改革委、长沙市人民政府五、进展收集情况2019年6月25日通知12个单位反馈进展，已反馈7个，未反馈5个。已反馈：省政务局、省公安厅、省财政厅、省自然资源厅、省住房城乡建设厅、长沙市人民政府、株洲市人民政府。未反馈：省发展改革委、省教育厅、省司法厅、省人力资源社会保障厅、省市场监管局。六、待答复的问题（2个）《深化“放管服”改革转变政府职能》第5项省住房城乡建设厅（已70天）：市县数据未打通。《深化“放管服”改革转变政府职能》第9项省司法厅（已129天）：部分市州未同步公布。七、建议催办《深化“放管服”改革转变政府职能》第5项 压缩工程项目审批时间：10个单位近期未反馈，省住房城乡建设厅、省政务局、省发展改革委、省教育厅、省公安厅、省司法厅、省财政厅、省人力资源社会保障厅、省自然资源厅、省市场监管局。《深化“放管服”改革转变政府职能》第26项 压缩产权登记办理时间：2个单位近期未反馈，省自然资源厅、省住房城乡建设厅。《优化营商环境》第1项 开办企业环节压减到4个：2个单位近期未反馈，省市场监管局、省公安厅。《优化营商环境》第2项 获得电力办理时间压缩到15个工作日：2个单位近期未反馈，省发展改革委、长沙市人民政府。");
}
