//! Plans in the formats of before 2007, in .ods, and in the corners of .docx and .xlsx. LibreOffice has made the samples in
//! `files`: from the demonstration plan and from the seed, a paragraph a line or a cell a row; `lists_and_tables`, `months`
//! and `hidden` from a newer file.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use duban::office::plan::Draft;
use duban::plan;
use duban::plan::Unreadable;
use proptest::prelude::*;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/cases/files");

fn sample(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/files").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn read(name: &str, bytes: &[u8]) -> Draft {
    plan::read(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The case with that name, where the cases are at hand.
fn case(name: &str) -> Option<Draft> {
    let path = PathBuf::from(CASES).join(name);
    match fs::read(&path) {
        Ok(bytes) => Some(read(name, &bytes)),
        Err(_) => {
            println!("skipped: no case at {}", path.display());
            None
        }
    }
}

/// A task a line: number, text, units by role, dates.
fn told(draft: &Draft) -> Vec<String> {
    let line = |task: &duban::office::plan::DraftTask| {
        let dues = task.milestones.iter().filter_map(|milestone| milestone.due).map(|due| format!(" {due}"));
        let units = [("牵头", &task.leads), ("负责", &task.responsible), ("配合", &task.supporting)];
        let units = units.iter().filter(|(_, names)| !names.is_empty());
        let units: String = units.map(|(role, names)| format!(" {role}{}", names.join("、"))).collect();
        format!("{} {}{units}{}", task.number, task.text.replace('\n', "/"), dues.collect::<String>())
    };
    draft.tasks.iter().map(line).collect()
}

fn messages(draft: &Draft) -> Vec<&str> {
    draft.problems.iter().map(|problem| problem.message.as_str()).collect()
}

#[test]
fn old_files_read_as_the_text() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seed = root.join("../shared/seeds/000_b22c45ac15518376.txt");
    for (name, text) in [("demo", root.join("seeds/demo-plan.txt")), ("seed", seed)] {
        let Ok(text) = fs::read(&text) else {
            println!("skipped: no text at {}", text.display());
            continue;
        };
        let expected = read("plan.txt", &text);
        for (made, as_named) in [("doc", "doc"), ("doc", "wps"), ("xls", "xls"), ("xls", "et"), ("ods", "ods")] {
            let found = read(&format!("plan.{as_named}"), &sample(&format!("{name}.{made}")));
            assert_eq!(found, expected, "{name}.{made}");
        }
    }
}

#[test]
fn lists_tables_fields_notes_and_hidden_text() {
    let expected = [
        "（一）1 修缮库房，2021年6月底前完成。 负责县档案局 2021-06-30",
        "（一）2 展览档案。 负责县图书馆",
        "（二）1 通风除湿。 牵头县住建局 配合县财政局",
        "二、1 接收到期档案。 负责县档案局",
        "二、2 鉴定档案。 负责县档案局",
        "一、1 检查消防 牵头县应急局 配合县财政局 2021-08-31",
        "一、2 检查用电 牵头县应急局 配合县供电公司 2021-09-30",
        "一、3 检查屋面 牵头县住建局 配合县财政局 2021-10-31",
    ];
    for name in ["lists_and_tables.docx", "lists_and_tables.doc"] {
        let draft = read(name, &sample(name));
        assert_eq!(told(&draft), expected, "{name}");
        assert_eq!(
            messages(&draft),
            ["文件中有隐藏文字，没有读取：“，并报送图纸 2.清理旧物。（县城管局负责） 旧”。"],
            "{name}"
        );
    }
}

#[test]
fn cells_that_show_a_month_or_a_year() {
    let dues = |draft: &Draft| -> Vec<String> {
        draft
            .tasks
            .iter()
            .flat_map(|task| &task.milestones)
            .filter_map(|one| one.due)
            .map(|due| due.to_string())
            .collect()
    };
    let expected = [
        "2024-06-30",
        "2024-08-31",
        "2024-07-31",
        "2024-12-31",
        "2024-11-30",
        "2024-10-31",
        "2024-12-31",
        "2024-09-30",
    ];
    let samples = ["months.xls", "months.ods"].map(|name| read(name, &sample(name)));
    for draft in samples.into_iter().chain(case("03_month_cells.xlsx")) {
        assert_eq!(dues(&draft), expected);
    }
}

#[test]
fn hidden_rows_and_sheets_are_said() {
    let expected = ["工作表“旧稿”是隐藏的，没有读取。", "工作表“Sheet”的第4行是隐藏的，已照常读取。"];
    let samples = ["hidden.xls", "hidden.ods"].map(|name| read(name, &sample(name)));
    for draft in samples.into_iter().chain(case("18_hidden_row.xlsx")) {
        assert_eq!((draft.tasks.len(), messages(&draft)), (3, expected.to_vec()));
    }
}

#[test]
fn corners_of_documents() {
    let expected = [
        (
            "08_hidden_text.docx",
            vec![
                "1 修缮档案库房，2024年6月底前完成。 牵头县档案局 配合县财政局 2024-06-30",
                "3 更换路灯，2024年8月底前完成。 负责县公用事业局 2024-08-31",
                "9 改造旧电梯，2024年12月底前完成。 牵头县住建局 配合县财政局 2024-12-31",
            ],
        ),
        (
            "09_tab_with_commas.csv",
            vec![
                "1 修缮档案库房,补录目录,配齐设备,建立台账,组织验收 牵头县档案局 2024-06-30",
                "2 更换路灯 牵头县公用事业局 2024-08-31",
            ],
        ),
        (
            "12_nested_table.docx",
            vec!["1 修缮档案库房 牵头县档案局 配合县财政局 2024-06-30", "2 更换路灯 负责县公用事业局 2024-08-31"],
        ),
        (
            "14_altchunk.docx",
            vec![
                "1 修缮档案库房，2024年6月底前完成。 负责县档案局 2024-06-30",
                "2 更换路灯，2024年8月底前完成。 负责县公用事业局 2024-08-31",
            ],
        ),
    ];
    for (name, tasks) in expected {
        if let Some(draft) = case(name) {
            assert_eq!(told(&draft), tasks, "{name}");
        }
    }
}

const NAMES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="r""#;

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A document with more parts beside its text.
fn docx(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let document = format!("<w:document {NAMES}><w:body>{body}</w:body></w:document>");
    zipped(&[&[("word/document.xml", document.as_bytes())], more].concat())
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A note belongs to what it is to: here the rule of who leads, which holds for all tasks.
#[test]
fn notes_are_read() {
    let body = format!(
        "{}<w:p><w:r><w:t>分工如下</w:t></w:r><w:r><w:endnoteReference w:id=\"3\"/></w:r></w:p>{}",
        paragraph("某县重点工作任务分工方案"),
        paragraph("1.修缮库房。（县档案局、县财政局负责）")
    );
    let notes = format!(
        r#"<w:endnotes {NAMES}><w:endnote w:type="separator" w:id="1">{}</w:endnote><w:endnote w:id="3">{}</w:endnote></w:endnotes>"#,
        paragraph("2.略。（县水利局负责）"),
        paragraph("列第一位者为牵头单位。")
    );
    let draft = read("plan.docx", &docx(&body, &[("word/endnotes.xml", notes.as_bytes())]));
    assert_eq!(told(&draft), ["1 修缮库房。 牵头县档案局 负责县财政局"]);
}

/// The hidden end of a paragraph does not part it from the next one; hidden styles hide, and a style upon them may show.
#[test]
fn what_styles_hide() {
    let styles = format!(
        r#"<w:styles {NAMES}><w:style w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>
        <w:style w:styleId="I"><w:basedOn w:val="H"/></w:style><w:style w:styleId="S"><w:basedOn w:val="H"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style></w:styles>"#
    );
    let run =
        |style: &str, text: &str| format!(r#"<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr><w:t>{text}</w:t></w:r>"#);
    let (old, room) = (run("I", "旧"), run("S", "库房"));
    let body = format!(
        r#"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>1.修缮</w:t></w:r>{old}</w:p>
        <w:p>{room}<w:r><w:t>。（县档案局负责）</w:t></w:r></w:p>
        <w:p><w:pPr><w:pStyle w:val="I"/></w:pPr><w:r><w:t>2.清理。（县城管局负责）</w:t></w:r></w:p>"#
    );
    let draft = read("plan.docx", &docx(&body, &[("word/styles.xml", styles.as_bytes())]));
    assert_eq!(told(&draft), ["1 修缮库房。 负责县档案局"]);
    assert_eq!(messages(&draft)[1], "文件中有隐藏文字，没有读取：“旧 2.清理。（县城管局负责）”。");
}

/// Parts of other programs: a document, a text, and what is not read, which is said.
#[test]
fn parts_of_other_programs() {
    let inner = docx(&paragraph("2.通风除湿。（县住建局负责）"), &[]);
    let relation = |id: &str, target: &str| format!(r#"<Relationship Id="{id}" Type="aFChunk" Target="{target}"/>"#);
    let relations = [
        relation("a", "a.docx"),
        relation("b", "/b.txt"),
        relation("c", "../c.bin"),
        relation("d", "d.html"),
        relation("f", "afchunk.rtf"),
    ];
    let relations = format!("<Relationships>{}</Relationships>", relations.concat());
    let chunks: String = ["a", "b", "c", "d", "e", "f"].map(|id| format!("<w:altChunk r:id=\"{id}\"/>")).concat();
    let draft = read(
        "plan.docx",
        &docx(
            &(paragraph("1.修缮库房。（县档案局负责）") + &chunks),
            &[
                ("word/_rels/document.xml.rels", relations.as_bytes()),
                ("word/a.docx", &inner),
                ("b.txt", "3.展览档案。（县图书馆负责）".as_bytes()),
                ("c.bin", &[0xff; 9]),
                ("word/afchunk.rtf", b"{\\rtf1\\ansi\\ansicpg936 4.\\'b1\\'e0\\'d1\\'d0\\'a1\\'a3\\'a3\\'a8\\'cf\\'d8\\'b5\\'b5\\'b0\\'b8\\'b9\\'dd\\'b8\\'ba\\'d4\\'f0\\'a3\\'a9\\par}"),
            ],
        ),
    );
    assert_eq!(
        told(&draft),
        [
            "1 修缮库房。 负责县档案局",
            "2 通风除湿。 负责县住建局",
            "3 展览档案。 负责县图书馆",
            "4 编研。 负责县档案馆"
        ]
    );
    let expected = [
        "没有读到文件标题。",
        "文件中嵌入的内容（c.bin）没有读取。",
        "文件中嵌入的内容（d.html）没有读取。",
        "文件中嵌入的内容没有读取。",
    ];
    assert_eq!(messages(&draft), expected);
}

/// Marks of secrecy count where only the head of the pages has them.
#[test]
fn marks_in_page_headers() {
    let marked_at = |mark: &str, at_foot: bool| {
        let relations = r#"<Relationships><Relationship Id="h" Type="http://x/header" Target="header1.xml"/><Relationship Id="i" Type="http://x/footer" Target="footer1.xml"/></Relationships>"#;
        let header = format!("<w:hdr {NAMES}>{}</w:hdr>", paragraph(mark));
        let more: [(&str, &[u8]); 3] = [
            ("word/_rels/document.xml.rels", relations.as_bytes()),
            ("word/header1.xml", if at_foot { b"<w:hdr/>" } else { header.as_bytes() }),
            ("word/footer1.xml", header.as_bytes()),
        ];
        plan::read("plan.docx", &docx(&paragraph("1.修缮库房。（县档案局负责）"), &more))
    };
    for mark in ["秘密", "机密★1年", "绝密"] {
        assert_eq!(marked_at(mark, false), Err(Unreadable::Secret), "{mark}");
        assert_eq!(marked_at(mark, true), Err(Unreadable::Secret), "{mark}");
    }
    let marked = |mark: &str| marked_at(mark, false);
    let internal = marked("内部资料 注意保存").unwrap();
    assert_eq!(messages(&internal), ["没有读到文件标题。", "文件标有“内部资料 注意保存”。"]);
    assert_eq!(messages(&marked("档案工作简报").unwrap()), ["没有读到文件标题。"]);
}

/// A compound file with these streams.
fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.into_inner().into_inner()
}

/// A piece of the text: its characters, where it stands in the stream, and its changes' number.
struct Piece {
    characters: u32,
    place: u32,
    change: u16,
}

/// A document of Word's from its text as it stands in the stream from byte 2048 on, and its pieces in order.
fn word(flags: u16, text: &[u8], pieces: &[Piece], changes: &[&[u8]]) -> Vec<u8> {
    const TEXT: usize = 2048;
    let mut document = vec![0; TEXT];
    let mut put = |at: usize, bytes: &[u8]| document[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &0xa5ec_u16.to_le_bytes());
    put(0x0a, &flags.to_le_bytes());
    put(0x20, &14_u16.to_le_bytes());
    put(0x3e, &22_u16.to_le_bytes());
    let length: u32 = pieces.iter().map(|piece| piece.characters).fold(0, u32::saturating_add);
    put(0x4c, &length.to_le_bytes());
    put(0x98, &93_u16.to_le_bytes());
    let mut table = Vec::new();
    for change in changes {
        table.push(1);
        table.extend((change.len() as u16).to_le_bytes());
        table.extend(*change);
    }
    table.push(2);
    table.extend((4 + 12 * pieces.len() as u32).to_le_bytes());
    let mut at = 0_u32;
    table.extend(at.to_le_bytes());
    for piece in pieces {
        at = at.saturating_add(piece.characters);
        table.extend(at.to_le_bytes());
    }
    for piece in pieces {
        table.extend([0, 0]);
        table.extend(piece.place.to_le_bytes());
        table.extend(piece.change.to_le_bytes());
    }
    put(0x9a + 8 * 33 + 4, &(table.len() as u32).to_le_bytes());
    document.extend(text);
    compound(&[("/WordDocument", &document), ("/0Table", &table)])
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A file that was saved quickly: a Western piece, one from further on, one that is hidden as a whole.
#[test]
fn pieces_in_any_order() {
    const NARROW: u32 = 1 << 30;
    let words = "修缮库房。（县档案局负责）\r并销毁旧档，";
    let text = [b"1. ".to_vec(), vec![0], utf16(words)].concat();
    let place = |character: u32| 2048 + 4 + 2 * character;
    let pieces = [
        Piece { characters: 3, place: NARROW | (2048 * 2), change: 0 },
        Piece { characters: 4, place: place(0), change: 0 },
        Piece { characters: 6, place: place(14), change: 1 },
        Piece { characters: 10, place: place(4), change: 0 },
    ];
    let hidden: &[u8] = &[0x3c, 0x08, 1];
    let draft = read("plan.doc", &word(0, &text, &pieces, &[hidden]));
    assert_eq!(told(&draft), ["1 修缮库房。 负责县档案局"]);
    assert_eq!(messages(&draft)[1], "文件中有隐藏文字，没有读取：“并销毁旧档，”。");
}

/// A document whose pages have a head: its characters follow those of the text, and the pieces hold both.
#[test]
fn marks_in_page_headers_of_old_documents() {
    let marked = |head: &str| {
        let (words, head) = ("1.修缮库房。（县档案局负责）\r", format!("{head}\r"));
        let (first, second) = (words.chars().count() as u32, head.chars().count() as u32);
        let text = utf16(&format!("{words}{head}"));
        let mut bytes = word(0, &text, &[Piece { characters: first + second, place: 2048, change: 0 }], &[]);
        let begins = bytes.windows(2).position(|bytes| bytes == [0xec, 0xa5]).unwrap();
        bytes[begins + 0x4c..begins + 0x50].copy_from_slice(&first.to_le_bytes());
        bytes[begins + 0x54..begins + 0x58].copy_from_slice(&second.to_le_bytes());
        plan::read("plan.doc", &bytes)
    };
    for mark in ["秘密", "机密★1年", "绝密"] {
        assert_eq!(marked(mark), Err(Unreadable::Secret), "{mark}");
    }
    let internal = marked("内部资料").unwrap();
    assert_eq!(messages(&internal), ["没有读到文件标题。", "文件标有“内部资料”。"]);
    assert_eq!(told(&marked("档案工作简报").unwrap()), ["1 修缮库房。 负责县档案局"]);
}

#[test]
fn what_is_refused() {
    const ENCRYPTED: u16 = 0x0100;
    let text = utf16("1.修缮库房。（县档案局负责）\r");
    let pieces = || [Piece { characters: text.len() as u32 / 2, place: 2048, change: 0 }];
    let mut old = word(0, &text, &pieces(), &[]);
    let begins = old.windows(2).position(|bytes| bytes == [0xec, 0xa5]).unwrap();
    old[begins] = 0xdc;
    let book = |version: u16, then: &[u8]| {
        let first = [&0x0809_u16.to_le_bytes()[..], &4_u16.to_le_bytes(), &version.to_le_bytes(), &5_u16.to_le_bytes()];
        compound(&[("/Workbook", &[&first.concat(), then].concat())])
    };
    let cases = [
        ("secret.doc", word(ENCRYPTED, &text, &pieces(), &[]), Unreadable::Password),
        ("old.doc", old, Unreadable::TooOld),
        ("half.doc", sample("demo.doc")[..2000].to_vec(), Unreadable::Compound),
        ("none.doc", compound(&[("/WordDocument", &[0; 4096])]), Unreadable::Damaged),
        ("secret.xls", book(0x0600, &[0x2f, 0, 0, 0]), Unreadable::Password),
        ("old.xls", book(0x0400, &[]), Unreadable::TooOld),
        ("none.xls", book(0x0600, &[]), Unreadable::Empty),
        ("secret.docx", compound(&[("/EncryptedPackage", &[0; 4096])]), Unreadable::Password),
        ("slides.doc", compound(&[("/PowerPoint Document", &[0; 4096])]), Unreadable::Compound),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(plan::read(name, &bytes), Err(expected), "{name}");
    }
}

/// Small files that claim to be large: pieces that show the same characters again and again, two cells in opposite
/// corners, one cell in every row and column.
#[test]
fn what_claims_to_be_large_is_answered_at_once() {
    let text = utf16(&"修缮".repeat(100_000));
    let pieces: Vec<Piece> = (0..20_000).map(|_| Piece { characters: 200_000, place: 2048, change: 0 }).collect();
    let cell = |row: u16, column: u16| {
        let head = [0x0203_u16, 14, row, column, 0].map(u16::to_le_bytes).concat();
        [head, 1_f64.to_le_bytes().to_vec()].concat()
    };
    let begin = |kind: u16| [0x0809_u16, 4, 0x0600, kind].map(u16::to_le_bytes).concat();
    let sheet =
        [[0x0085_u16, 9].map(u16::to_le_bytes).concat(), vec![25, 0, 0, 0, 0, 0, 1, 0, b'a'], vec![0x0a, 0, 0, 0]];
    let book = [begin(5), sheet.concat(), begin(16), cell(0, 0), cell(u16::MAX, 63), cell(1, 255)].concat();
    let cells = r#"<table:table table:name="甲"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="1024"><text:p>甲</text:p></table:table-cell></table:table-row></table:table>"#;
    let began = Instant::now();
    assert_eq!(plan::read("plan.doc", &word(0, &text, &pieces, &[])), Err(Unreadable::Swells));
    assert_eq!(plan::read("plan.xls", &compound(&[("/Workbook", &book)])), Err(Unreadable::NoTasks));
    assert_eq!(plan::read("plan.ods", &ods(cells)), Err(Unreadable::Swells));
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
}

fn ods(tables: &str) -> Vec<u8> {
    let content = format!("<office:document-content><office:body>{tables}</office:body></office:document-content>");
    zipped(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

/// Bytes of a good file, some of them changed.
fn damaged(mut bytes: Vec<u8>, changes: &[(usize, u8)], cut: usize) -> Vec<u8> {
    for (at, value) in changes {
        let at = at % bytes.len();
        bytes[at] = *value;
    }
    let left = if cut.is_multiple_of(4) { bytes.len() - cut % bytes.len() } else { bytes.len() };
    bytes.truncate(left);
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_damaged_file_is_answered(
        name in prop::sample::select(vec!["lists_and_tables.doc", "demo.doc", "months.xls", "hidden.xls", "hidden.ods"]),
        changes in prop::collection::vec(any::<(usize, u8)>(), 0..200),
        cut in any::<usize>(),
    ) {
        let _ = plan::read(name, &damaged(sample(name), &changes, cut));
    }
}
