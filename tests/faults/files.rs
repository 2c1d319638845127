//! Plan files of every format, small and a little wrong.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{Format, Workbook};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::chance::Chance;
use super::mutation::{mutated_bytes, mutated_text};

const PLAN: &str = include_str!("../../seeds/demo-plan.txt");
/// Files that LibreOffice has made, in the formats that are not XML, or not Microsoft's.
pub const OLD: [(&str, &[u8]); 3] = [
    ("plan.doc", include_bytes!("../it/files/lists_and_tables.doc")),
    ("plan.xls", include_bytes!("../it/files/hidden.xls")),
    ("plan.ods", include_bytes!("../it/files/hidden.ods")),
];
const HEAD: [&str; 6] = ["序号", "重点任务", "牵头单位", "责任单位", "完成时限", "备注"];

/// A few lines of the plan of the repository, and its head half the time.
pub fn excerpt(chance: &mut Chance) -> String {
    let lines: Vec<&str> = PLAN.lines().collect();
    let mut chosen: Vec<&str> = if chance.happens(500) { lines[..8].to_vec() } else { Vec::new() };
    let from = chance.below(lines.len());
    chosen.extend(lines[from..].iter().take(1 + chance.below(5)));
    chosen.join("\n")
}

fn rows(chance: &mut Chance) -> Vec<Vec<String>> {
    let mut rows = vec![HEAD.map(str::to_owned).to_vec()];
    for number in 0..1 + chance.below(4) {
        let task = excerpt(chance).lines().last().unwrap_or_default().to_owned();
        let due = mutated_text(&["2019年6月底前", "三年内", "2019/6/30", "43646"], chance);
        rows.push(vec![number.to_string(), task, "省政务局".to_owned(), "省直各部门".to_owned(), due, String::new()]);
    }
    if chance.happens(300) {
        let column = chance.below(HEAD.len());
        rows.iter_mut().for_each(|row| drop(row.remove(column)));
    }
    rows
}

pub fn table(chance: &mut Chance) -> String {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let rows = rows(chance);
    rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n").collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A document for a word processor, and what stands in it.
pub fn document(chance: &mut Chance) -> (Vec<u8>, String) {
    let properties = [
        "",
        r#"<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>"#,
        r#"<w:pPr><w:pStyle w:val="1"/><w:numPr><w:ilvl w:val="9"/><w:numId w:val="7"/></w:numPr></w:pPr>"#,
    ];
    let paragraph = |text: &str, properties: &str| {
        format!(r#"<w:p>{properties}<w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>"#, escaped(text))
    };
    let mut body: String =
        excerpt(chance).lines().map(|line| paragraph(line, chance.pick::<&str>(&properties))).collect();
    if chance.happens(400) {
        let cell =
            |text: &String| format!(r#"<w:tc><w:tcPr><w:gridSpan w:val="1"/></w:tcPr>{}</w:tc>"#, paragraph(text, ""));
        let rows: String = rows(chance)
            .iter()
            .map(|row| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>()))
            .collect();
        body.push_str(&format!("<w:tbl>{rows}</w:tbl>"));
    }
    let names = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let text = format!("<w:document {names}><w:body>{body}</w:body></w:document>");
    let levels = r#"<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/></w:lvl>"#;
    let numbering = format!(
        r#"<w:numbering {names}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#
    );
    container(vec![("word/document.xml".to_owned(), text), ("word/numbering.xml".to_owned(), numbering)], chance)
}

/// A workbook with one sheet, and what stands in it.
pub fn workbook(chance: &mut Chance) -> (Vec<u8>, String) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0..).zip(rows(chance)) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, text).expect("a cell");
        }
    }
    if chance.happens(300) {
        sheet.merge_range(1, 0, 3, 1, "合并", &Format::new()).expect("merged");
    }
    let bytes = workbook.save_to_buffer().expect("memory");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("just written");
    let parts = (0..archive.len()).map(|index| {
        let mut part = archive.by_index(index).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("XML");
        (part.name().expect("a name").into_owned(), text)
    });
    let parts = parts.collect();
    container(parts, chance)
}

/// The parts as a file: as they are, one of them changed, or the file itself damaged.
fn container(parts: Vec<(String, String)>, chance: &mut Chance) -> (Vec<u8>, String) {
    let (changed, how) = (chance.below(parts.len()), chance.below(4));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut shown = String::new();
    for (index, (name, text)) in parts.into_iter().enumerate() {
        let mut bytes = text.into_bytes();
        if index == changed && how >= 2 {
            bytes = mutated_bytes(bytes, chance);
            shown = String::from_utf8_lossy(&bytes).into_owned();
        }
        archive.start_file(name, options).expect("memory");
        archive.write_all(&bytes).expect("memory");
    }
    let bytes = archive.finish().expect("memory").into_inner();
    if how == 1 { (mutated_bytes(bytes, chance), "a damaged file".to_owned()) } else { (bytes, shown) }
}
