//! Nothing of a document is dropped in silence: each of its words stands in a task, in what was set aside, or in a doubt.

use std::collections::HashSet;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use duban::office::plan::{Draft, DraftTask};
use duban::plan;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use regex::Regex;
use serde_json::Value;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::plan_reading::mutated;
use super::plan_rounds::documents;

/// Words that tell who does what and by when; a draft holds them in its form and not in its words.
static STRUCTURE: LazyLock<Regex> = LazyLock::new(|| {
    let who = "分管|包保|牵头|责任|配合|负责|承办|主办|协办|协同|协助|协作|参与|参加|会同|实施|落实|主责|成员|主管|整改|化解|主要|具体|共同|分别|各自|密切|积极|认真|切实|抓好|做好|支持|督办|组织|推进|统筹|联合|承担|办理|抓总|大力|全力|督导|监督|验收";
    let kinds = "单位|部门|科室|处室|部室|主体|机构|领导|联系|联络|电话";
    let when = "完成|办结|时限|期限|时间|时段|日期|节点|进度|计划|预计|要求|安排|月份|季度|月底|底前|[前内底末初]";
    let rules = "按照?|职责|职能|分工|排在?|列|第[一1]|首[位个]|位者?|个|家|名|是|系|即|责任|范围|权限|为|的|部分|下同|以下|除外|先后|不分|独办|分办|单独|列明|排名";
    let joints = "以及|等有关|有关|等|及|和|与|由|请|并|其中|无|暂无|同上|序号|编号|任务|工作|内容|目标|措施|事项|举措|名称|项目|类别|领域|附件|备注|说明|表";
    // Heads of columns whose cells are tasks or their sections.
    let heads = "重点|反馈|检查|存在|问题|结果|建设|规模|标题|案由|阶段|推进|量化|里程碑|考核|指标|合计|股室|板块|形象|期间|管控|隐患|情况";
    Regex::new(&format!("(?:{who}|{kinds}|{when}|{rules}|{joints}|{heads}|[0-9０-９一二三四五六七八九十]+个?)"))
        .expect("a constant")
});

/// ① numbers an item of its own.
fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() && !('①'..='⑳').contains(&character)
}

fn dense(text: &str) -> String {
    text.chars().filter(|character| is_of_word(*character)).collect()
}

/// The texts of a JSON value, apart.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(dense(text)),
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What of a document is neither in its draft nor in a doubt about it: words of two characters and more, apart from those
/// that the form of a draft stands for.
fn lost(text: &str, draft: &Draft) -> HashSet<String> {
    let mut kept = Vec::new();
    texts(&serde_json::to_value(draft).expect("JSON"), &mut kept);
    // 5月起持续开展 is kept as two dates.
    let dates = |task: &DraftTask| task.milestones.iter().map(|date| date.text.as_str()).collect::<String>();
    kept.extend(draft.tasks.iter().map(|task| dense(&dates(task))));
    let kept = plan::simplify(&kept.join("\n"));
    let text = plan::simplify(text);
    // A label takes the first or the last character of damaged words: 县时限.
    let is_kept = |words: &str| {
        let (mut first_left, mut last_left) = (words.chars(), words.chars());
        first_left.next();
        last_left.next_back();
        words.chars().count() < 2
            || [words, first_left.as_str(), last_left.as_str()].iter().any(|words| kept.contains(words))
    };
    // 各社区长期坚持 without a stop is kept as a unit and a date.
    let dates = draft.tasks.iter().flat_map(|task| &task.milestones).map(|date| plan::simplify(&dense(&date.text)));
    let dates: Vec<String> = dates.filter(|date| date.chars().count() > 1).collect();
    let beside_dates = |words: &str| {
        let dates = dates.iter().filter(|date| words.contains(date.as_str()));
        dates.fold(words.to_owned(), |words, date| words.replace(date.as_str(), "\n"))
    };
    text.split(|character: char| !is_of_word(character))
        .filter(|words| !is_kept(words))
        .map(beside_dates)
        .flat_map(|words| STRUCTURE.split(&words).map(str::to_owned).collect::<Vec<_>>())
        .flat_map(|words| words.split('\n').map(str::to_owned).collect::<Vec<_>>())
        .filter(|words| !is_kept(words))
        .collect()
}

/// The words of a document, by a way of our own: its text, the runs of its paragraphs, the cells of its sheets.
fn words(path: &Path) -> String {
    let bytes = fs::read(path).expect("readable");
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("docx") => {
            let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a docx");
            let mut document = String::new();
            archive.by_name("word/document.xml").expect("its text").read_to_string(&mut document).expect("UTF-8");
            let marks = Regex::new("</w:p>|<w:br/>|<w:tab/>").expect("a pattern");
            let tags = Regex::new("<[^>]*>").expect("a pattern");
            tags.replace_all(&marks.replace_all(&document, "\n"), "").into_owned()
        }
        Some("xlsx") => {
            let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).expect("a workbook");
            let sheets: Vec<_> = book.worksheets();
            let cells = sheets.iter().flat_map(|(_, range)| range.rows().flatten());
            let text = |cell: &Data| if let Data::String(text) = cell { Some(text.clone()) } else { None };
            cells.filter_map(text).collect::<Vec<_>>().join("\n")
        }
        _ => String::from_utf8(bytes).expect("UTF-8"),
    }
}

fn plain_texts() -> Vec<PathBuf> {
    let labelled = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/plans");
    let entries = fs::read_dir(labelled).into_iter().flatten();
    let labelled = entries
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"));
    let rounds = documents().into_iter().map(|(path, _)| path);
    labelled.chain(rounds.filter(|path| path.extension().is_some_and(|ending| ending == "txt"))).collect()
}

#[test]
fn every_word_is_accounted_for() {
    let mut faults = Vec::new();
    for path in plain_texts().into_iter().chain(documents().into_iter().map(|(path, _)| path)) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let draft = plan::read(&name, &fs::read(&path).expect("readable")).expect("a plan");
        let lost = lost(&words(&path), &draft);
        if !lost.is_empty() {
            faults.push(format!("{name}: {lost:?}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// What damage has done to older documents, cut short: brackets without a unit, cells beside a head, a head with words of
/// its own, a rule with words within, a row that is no task.
#[test]
fn damage_that_lost_words_before() {
    let texts = [
        "1.整室；配合单位：综合理。（交警二配合）",
        "1.修缮。责任单位：县第。（司、县医院按）",
        "提至0.5个工作日以内。责任单位：市市（局管监场牵头）、市公安局\n1.修缮。责任单位：市市（局管监场牵头）、市公安局",
        "1.。（总署负责，排在第一位培训装订为牵头部门",
        "1.由县档案局牵头,县财政局,各县市人民政府、州直各部门负责, 2020年11月底前完成。",
        "具体要求|牵头单位、\n深|区司2|集中公开区级规划计划",
        "类别|领域|具体要求|牵头单位\n保管|库房|修缮|县档案局",
        "表解分务任点要作任务\n|\n序号\n|\n牵头单位\n|\n责任\n|\n1\n|\n县档案局",
        "序号\n|\n具体要求\n|\n牵头单位\n|\n3\n|\n|\n区财政局\n|\n二、提\n|\n5\n|\n|\n每半年1",
    ];
    for text in texts {
        let draft = plan::read("plan.txt", text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
        let lost = lost(text, &draft);
        assert!(lost.is_empty(), "{lost:?} of {text}");
    }
}

/// Whatever happened to a text on its way. What happens is drawn for each document by its name, so that another document
/// changes nothing for the rest.
#[test]
fn every_word_of_a_damaged_text_is_accounted_for() {
    const CASES: u32 = 4;
    let changes = prop::collection::vec(any::<(usize, usize, u8)>(), 1..12);
    let mut faults = Vec::new();
    for path in plain_texts() {
        let name: PathBuf = path.components().rev().take(2).collect();
        let seed = Sha256::digest(name.as_os_str().as_encoded_bytes());
        let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(CASES) };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
        let whole = fs::read_to_string(&path).expect("UTF-8");
        let outcome = runner.run(&changes, |changes| {
            let text = mutated(&whole, &changes);
            if let Ok(draft) = plan::read("plan.txt", text.as_bytes()) {
                let lost = lost(&text, &draft);
                prop_assert!(lost.is_empty(), "{lost:?} of {text}");
            }
            Ok(())
        });
        faults.extend(outcome.err().map(|fault| format!("{}: {fault}", name.display())));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
