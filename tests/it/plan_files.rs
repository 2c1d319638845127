//! Plans as Word, Excel and CSV files: they read as the text does, and hostile ones are refused.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use duban::office::plan::{Draft, Mode};
use duban::plan;
use duban::plan::Unreadable;
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zip::write::SimpleFileOptions;

const DEMO_PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/demo-plan.txt");
const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds/000_b22c45ac15518376.txt");

/// The plans whose files are compared: the demonstration plan, and the seed where it is at hand.
fn texts() -> Vec<String> {
    let seed = fs::read_to_string(SEED).ok();
    if seed.is_none() {
        println!("skipped: no seed at {}", Path::new(SEED).display());
    }
    seed.into_iter().chain([fs::read_to_string(DEMO_PLAN).unwrap()]).collect()
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    let names = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    format!(r#"<?xml version="1.0" encoding="UTF-8"?><w:document {names}><w:body>{body}</w:body></w:document>"#)
}

fn docx(body: &str) -> Vec<u8> {
    zipped(&[("word/document.xml", &document(body))])
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A paragraph in two runs, as Word cuts them anywhere.
fn paragraph(text: &str) -> String {
    let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    let run = |text: &str| format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, escaped(text));
    format!("<w:p>{}{}</w:p>", run(&text[..half]), run(&text[half..]))
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text))
}

fn read(name: &str, bytes: &[u8]) -> Draft {
    plan::read(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What two files may differ in: where in the file a doubt stands, and how what is no task is divided.
fn without_lines(mut draft: Draft) -> Draft {
    draft.problems.iter_mut().for_each(|problem| problem.line = 0);
    draft.set_aside.clear();
    draft
}

#[test]
fn word_documents_read_as_the_text() {
    for text in texts() {
        let body: String = text.lines().map(paragraph).collect();
        assert_eq!(read("plan.docx", &docx(&body)), read("plan.txt", text.as_bytes()));
    }
}

#[test]
fn one_column_of_a_workbook_reads_as_the_text() {
    for text in texts() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (row, line) in text.lines().enumerate() {
            sheet.write(row as u32, 0, line).unwrap();
        }
        let bytes = workbook.save_to_buffer().unwrap();
        assert_eq!(read("plan.xlsx", &bytes), read("plan.txt", text.as_bytes()));
    }
}

/// The demonstration plan as offices tabulate it: headings across the table, units in a column of their own.
#[test]
fn tables_read_as_the_text() {
    for text in texts() {
        let expected = read("plan.txt", text.as_bytes());
        let (before, tasks) = text.split_once("\n一、").unwrap();
        let mut rows: Vec<Vec<String>> = before.lines().map(|line| vec![line.to_owned()]).collect();
        let head = ["序号", "工作任务", "责任分工"].map(str::to_owned).to_vec();
        let mut headed = false;
        for line in format!("一、{tasks}").lines() {
            let number = line.split_once(['.', '．']).filter(|(number, _)| number.trim().parse::<u32>().is_ok());
            let bracket = line.trim_end().strip_suffix('）').and_then(|line| line.rfind('（'));
            match number.zip(bracket) {
                Some(((number, _), bracket)) => {
                    rows.extend((!std::mem::replace(&mut headed, true)).then(|| head.clone()));
                    let task = line[line.find(['.', '．']).unwrap()..bracket].trim_start_matches(['.', '．']);
                    let units = line[bracket..].trim_end().trim_matches(['（', '）']);
                    rows.push(vec![number.trim().to_owned(), task.to_owned(), units.to_owned()]);
                }
                None => rows.push(vec![line.to_owned()]),
            }
        }
        let table = |row: &Vec<String>| {
            let wide = r#"<w:gridSpan w:val="3"/>"#;
            let properties = if row.len() == 1 { wide } else { "" };
            format!("<w:tr>{}</w:tr>", row.iter().map(|text| cell(properties, text)).collect::<String>())
        };
        let word = docx(&format!("<w:tbl>{}</w:tbl>", rows.iter().map(table).collect::<String>()));
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (row, cells) in rows.iter().enumerate().filter(|(_, cells)| !cells[0].is_empty()) {
            sheet.write_row(row as u32, 0, cells).unwrap();
        }
        let quoted = |row: &Vec<String>| {
            row.iter().map(|text| format!("\"{}\"", text.replace('"', "\"\""))).collect::<Vec<_>>().join(",")
        };
        let separated = rows.iter().map(quoted).collect::<Vec<_>>().join("\r\n");
        for (name, bytes) in [
            ("plan.docx", word),
            ("plan.xlsx", workbook.save_to_buffer().unwrap()),
            ("plan.csv", separated.into_bytes()),
        ] {
            assert_eq!(without_lines(read(name, &bytes)), without_lines(expected.clone()), "{name}");
        }
    }
}

#[test]
fn numbers_that_word_generates() {
    let lists = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="2">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlRestart w:val="0"/><w:lvlText w:val="%2."/></w:lvl>
        </w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>"#;
    let item = |level: u32, text: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
        )
    };
    let items = [
        (0, "保管"),
        (1, "修缮库房。（县档案局负责）"),
        (1, "通风。（县档案局负责）"),
        (0, "利用"),
        (1, "展览。（县图书馆负责）"),
    ];
    let body: String = items.iter().map(|(level, text)| item(*level, text)).collect();
    let found = read("plan.docx", &zipped(&[("word/document.xml", &document(&body)), ("word/numbering.xml", lists)]));
    let written =
        "一、保管\n1.修缮库房。（县档案局负责）\n2.通风。（县档案局负责）\n二、利用\n3.展览。（县图书馆负责）";
    assert_eq!(found, read("plan.txt", written.as_bytes()));
}

#[test]
fn what_is_no_text_of_a_document() {
    let body = r#"<w:p><w:r><w:t>1.修缮</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>库房。</w:t></w:r></w:ins>
        <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>
        <mc:AlternateContent><mc:Choice><w:r><w:t>（县档案局</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>再次</w:t></w:r></mc:Fallback></mc:AlternateContent>
        <w:r><w:noBreakHyphen/><w:lastRenderedPageBreak/></w:r><w:r><w:t>甲馆负责）</w:t><w:br w:type="page"/></w:r></w:p>"#;
    let draft = read("plan.docx", &docx(body));
    assert_eq!((draft.tasks[0].text.as_str(), &draft.tasks[0].responsible[0][..]), ("修缮库房。", "县档案局-甲馆"));
}

#[test]
fn cells_that_span_rows() {
    let (begin, go_on) = (r#"<w:vMerge w:val="restart"/>"#, "<w:vMerge/>");
    let row =
        |cells: [(&str, &str); 4]| format!("<w:tr>{}</w:tr>", cells.map(|(merged, text)| cell(merged, text)).concat());
    let table = [
        row([("", "序号"), ("", "任务"), ("", "责任单位"), ("", "完成时限")]),
        row([("", "1"), ("", "修缮库房"), (begin, "县档案局"), (begin, "2021年6月底前")]),
        row([("", "2"), ("", "整理目录"), (go_on, ""), (go_on, "")]),
    ];
    let draft = read("plan.docx", &docx(&format!("<w:tbl>{}</w:tbl>", table.concat())));
    let task = &draft.tasks[1];
    assert_eq!((task.responsible[0].as_str(), task.milestones[0].text.as_str()), ("县档案局", "2021年6月底前"));
}

#[test]
fn sheets_merged_cells_and_dates() {
    let mut workbook = Workbook::new();
    let centred = Format::new();
    let dated = Format::new().set_num_format("yyyy/m/d");
    for (name, unit) in [("城区", "县住建局"), ("乡镇", "县农业局")] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        sheet.merge_range(0, 0, 0, 3, "2021年档案工作分工表", &centred).unwrap();
        sheet.write_row(1, 0, ["序号", "任务", "牵头单位", "完成时限"]).unwrap();
        sheet.write(2, 0, 1).unwrap();
        sheet.write(3, 0, 2).unwrap();
        sheet.write_column(2, 1, [format!("{name}修缮"), format!("{name}通风")]).unwrap();
        sheet.merge_range(2, 2, 3, 2, unit, &centred).unwrap();
        sheet.write_with_format(2, 3, ExcelDateTime::from_ymd(2021, 9, 30).unwrap(), &dated).unwrap();
    }
    let hidden = workbook.add_worksheet();
    hidden.write(0, 0, "1.旧任务。（县档案局负责）").unwrap();
    hidden.set_hidden(true);
    let draft = read("plan.xlsx", &workbook.save_to_buffer().unwrap());
    let told: Vec<_> =
        draft.tasks.iter().map(|task| (task.number.as_str(), task.text.as_str(), task.leads.concat())).collect();
    let expected = [
        ("1", "城区修缮", "县住建局"),
        ("2", "城区通风", "县住建局"),
        ("1", "乡镇修缮", "县农业局"),
        ("2", "乡镇通风", "县农业局"),
    ];
    assert_eq!(told, expected.map(|(number, text, unit)| (number, text, unit.to_owned())));
    assert_eq!(draft.tasks[0].milestones[0].due.map(|due| due.to_string()).as_deref(), Some("2021-09-30"));
    assert_eq!((draft.title.as_deref(), draft.tasks[3].mode), (Some("2021年档案工作分工表"), Mode::Lead));
}

/// A part of this many bytes that compresses to next to nothing.
fn swollen(mebibytes: usize) -> Vec<u8> {
    zipped(&[("word/document.xml", &document(&" ".repeat(mebibytes << 20)))])
}

#[test]
fn hostile_files_are_refused() {
    let entity =
        r#"<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document><w:p><w:t>&e;</w:t></w:p></w:document>"#;
    let many: Vec<String> = (0..501).map(|number| format!("part{number}.xml")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "")).collect();
    let rows = "<row/>".repeat(200_001);
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let cases: [(&str, Vec<u8>, Unreadable); 7] = [
        ("bomb.docx", swollen(21), Unreadable::Swells),
        ("entity.docx", zipped(&[("word/document.xml", entity)]), Unreadable::Entities),
        ("entity.xlsx", zipped(&[("xl/workbook.xml", entity)]), Unreadable::Entities),
        ("deep.docx", docx(&"<w:p>".repeat(100_000)), Unreadable::TooDeep),
        ("many.docx", zipped(&many), Unreadable::Swells),
        (
            "rows.xlsx",
            zipped(&[("xl/workbook.xml", "<w/>"), ("xl/sheet1.xml", &sheet)]),
            Unreadable::TooManyRows(200_000),
        ),
        ("half.docx", swollen(1)[..200].to_vec(), Unreadable::Damaged),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(plan::read(name, &bytes), Err(expected), "{name}");
    }
    assert!(matches!(plan::check("plan.txt", 200 << 20), Err(Unreadable::TooLarge { .. })));
}

/// Bytes of a good file, some of them changed.
fn damaged(bytes: &[u8], changes: &[(usize, u8)], cut: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, value) in changes {
        let at = at % bytes.len();
        bytes[at] = *value;
    }
    bytes.truncate(bytes.len() - cut % 64);
    bytes
}

/// Words that XML and Word documents are made of, in any order.
fn xml_pieces() -> impl Strategy<Value = String> {
    let pieces = [
        "<w:p>",
        "</w:p>",
        "<w:r>",
        "</w:r>",
        "<w:t>",
        "</w:t>",
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
        "<w:vMerge/>",
        "<w:gridSpan w:val=\"3\"/>",
        "<w:gridSpan w:val=\"4294967295\"/>",
        "<w:gridBefore w:val=\"2\"/>",
        "<w:numId w:val=\"1\"/>",
        "<w:ilvl w:val=\"9\"/>",
        "<w:br/>",
        "<w:tab/>",
        "序号",
        "任务",
        "责任单位",
        "1",
        "一、",
        "县档案局负责",
        "（",
        "）",
        "&amp;",
        "&#10;",
        "<w:del>",
        "</w:del>",
        "<w:pStyle w:val=\"1\"/>",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..300), zip in any::<bool>()) {
        let bytes = if zip { [b"PK\x03\x04".to_vec(), bytes].concat() } else { bytes };
        for name in ["plan.docx", "plan.xlsx", "plan.csv", "plan.txt", "plan.md"] {
            let _ = plan::read(name, &bytes);
        }
    }

    #[test]
    fn a_damaged_file_is_answered(changes in prop::collection::vec(any::<(usize, u8)>(), 0..20), cut in any::<usize>()) {
        let body: String = fs::read_to_string(DEMO_PLAN).unwrap().lines().map(paragraph).collect();
        let _ = plan::read("plan.docx", &damaged(&docx(&body), &changes, cut));
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write_row(0, 0, ["序号", "任务", "责任单位"]).unwrap();
        let _ = plan::read("plan.xlsx", &damaged(&workbook.save_to_buffer().unwrap(), &changes, cut));
    }

    #[test]
    fn any_mixture_of_elements_is_answered(body in xml_pieces(), lists in xml_pieces()) {
        let parts = [("word/document.xml", document(&body)), ("word/numbering.xml", document(&lists))];
        let _ = plan::read("plan.docx", &zipped(&parts.each_ref().map(|(name, text)| (*name, text.as_str()))));
        let _ = plan::read("plan.xlsx", &zipped(&[("xl/workbook.xml", &document(&body)), ("xl/_rels/workbook.xml.rels", "<a/>")]));
    }
}
