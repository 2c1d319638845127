//! Time and peak memory of reading plans of growing size. Both must grow in proportion: `cargo bench --bench plan_reading`.
//!
//! Each size is read in a process of its own, as the peak of memory is that of a whole process; it includes the file and,
//! what wrote it here. The same plans are read in other formats too, on pages for .pdf and .ofd. `terse`
//! is a text whose tasks are as short as they can be, so that there are as many as the limits allow.
//!
//! `.doc`, `.wps` and `.xls` are containers that nothing here writes; a file is measured by its name:
//! `cargo bench --bench plan_reading -- plan.doc`.

use std::fmt::Write;
use std::io::{Cursor, Write as _};
use std::process::Command;
use std::time::Instant;

use rust_xlsxwriter::Workbook;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The endings of the formats, and the sizes that each is read in.
const SIZES: [(&str, &[usize]); 11] = [
    ("txt", &[33, 1_000, 10_000, 50_000]),
    ("terse", &[100_000]),
    ("docx", &[33, 1_000, 10_000]),
    ("xlsx", &[33, 1_000, 10_000]),
    ("csv", &[33, 1_000, 10_000]),
    ("ods", &[33, 1_000, 10_000]),
    ("html", &[33, 1_000, 10_000, 20_000]),
    ("mht", &[33, 1_000, 10_000]),
    ("rtf", &[33, 1_000, 10_000]),
    ("pdf", &[33, 1_000, 10_000]),
    ("ofd", &[33, 1_000]),
];

fn main() {
    let mut arguments = std::env::args().skip(1).skip_while(|argument| argument == "--bench");
    match (arguments.next(), arguments.next().and_then(|size| size.parse().ok())) {
        (Some(format), Some(tasks)) => measure(&format, tasks),
        (Some(path), None) => {
            let file = std::fs::read(&path).expect("a file");
            let ending = path.rsplit('.').next().unwrap_or_default();
            report(ending, &file);
        }
        _ => {
            println!(
                "{:>6} {:>9} {:>9} {:>11} {:>14} {:>11}",
                "format", "tasks", "file MiB", "time ms", "us per task", "peak MiB"
            );
            let program = std::env::current_exe().expect("this program has a path");
            for (format, tasks) in SIZES.iter().flat_map(|(format, sizes)| sizes.iter().map(move |size| (format, size)))
            {
                let mut reading = Command::new(&program);
                let status = reading.arg(format).arg(tasks.to_string()).status().expect("this program starts");
                assert!(status.success(), "{tasks} tasks were not read as {format}");
            }
        }
    }
}

fn measure(format: &str, tasks: usize) {
    let text = if format == "terse" { terse(tasks) } else { plan(tasks) };
    let mut file = file(format, text);
    file.shrink_to_fit();
    assert_eq!(report(format, &file), tasks);
}

/// Reads a file and says what that took; how many tasks it holds.
fn report(format: &str, file: &[u8]) -> usize {
    let before = Instant::now();
    let ending = if format == "terse" { "txt" } else { format };
    let draft = duban::plan::read(&format!("plan.{ending}"), file).expect("a plan");
    let taken = before.elapsed();
    let tasks = draft.tasks.len();
    let mebibytes = file.len() as f64 / f64::from(1 << 20);
    let milliseconds = taken.as_secs_f64() * 1e3;
    let each = milliseconds * 1e3 / tasks as f64;
    println!("{format:>6} {tasks:>9} {mebibytes:>9.2} {milliseconds:>11.1} {each:>14.1} {:>11}", peak_mebibytes());
    tasks
}

/// A plan in a format as programs write it.
fn file(format: &str, text: String) -> Vec<u8> {
    let page = |text: &str| {
        let lines: String = text.lines().map(|line| format!("<p style=\"text-indent:2em\">{line}</p>\n")).collect();
        format!("<!DOCTYPE html><html><body><div>{lines}</div></body></html>")
    };
    match format {
        "html" => page(&text).into_bytes(),
        "mht" => {
            let mut message = b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n".to_vec();
            message.extend(b"Content-Transfer-Encoding: quoted-printable\n\n");
            for byte in page(&text).bytes() {
                match byte {
                    b'=' | 0x80.. => message.extend(format!("={byte:02X}").bytes()),
                    _ => message.push(byte),
                }
            }
            message
        }
        "rtf" => {
            let unit = |unit: u16| match u8::try_from(unit) {
                Ok(b'\n') => "\\par\n".to_owned(),
                Ok(byte) if byte < 0x80 => char::from(byte).to_string(),
                _ => format!("\\u{}?", unit as i16),
            };
            format!("{{\\rtf1 {}}}", text.encode_utf16().map(unit).collect::<String>()).into_bytes()
        }
        "docx" => {
            let paragraph = |line: &str| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>");
            let body: String = text.lines().map(paragraph).collect();
            zipped(&[("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>"))])
        }
        "xlsx" => {
            let mut workbook = Workbook::new();
            let sheet = workbook.add_worksheet();
            for (row, line) in (0..).zip(text.lines()) {
                sheet.write_string(row, 0, line).expect("a cell");
            }
            workbook.save_to_buffer().expect("a workbook")
        }
        "ods" => {
            let row = |line: &str| {
                format!(
                    "<table:table-row><table:table-cell><text:p>{line}</text:p></table:table-cell></table:table-row>"
                )
            };
            let rows: String = text.lines().map(row).collect();
            let kind = "application/vnd.oasis.opendocument.spreadsheet".to_owned();
            let content = format!(
                "<office:document-content><office:body><office:spreadsheet><table:table>{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
            );
            zipped(&[("mimetype", kind), ("content.xml", content)])
        }
        "pdf" => pdf(&text),
        "ofd" => ofd(&text),
        _ => text.into_bytes(),
    }
}

/// A plan with so many tasks, in sections of eleven, whose units and dates take the usual forms in turn.
fn plan(tasks: usize) -> String {
    let mut text = String::from("青山省档案事业发展任务分工方案\n青政发〔2021〕7号\n青山省人民政府\n2021年3月1日\n");
    for task in 0..tasks {
        if task % 11 == 0 {
            writeln!(text, "（{}）收集与保管", ["一", "二", "三", "四"][task / 11 % 4]).expect("memory");
        }
        write!(text, "{}．", task % 999 + 1).expect("memory");
        text.push_str("健全馆藏资源建设制度，开展到期档案接收工作，每年新增不少于300卷；推进库房修缮和消防改造，");
        text.push_str(match task % 3 {
            0 => "2021年6月底前完成招标，2022年底前投入使用。（省档案局牵头，省财政厅、省住房城乡建设厅、各市州人民政府按职责分工负责）\n",
            1 => "配备恒温恒湿设备。\n牵头单位：省档案局\n责任单位：省工业和信息化厅、省机关事务局，各市、州、县人民政府\n完成时限：第三季度\n",
            _ => "完善应急预案并组织演练。（责任单位：省应急管理厅、省档案局；配合单位：省消防救援总队；完成时限：12月底前）\n",
        });
    }
    text
}

/// The shortest tasks.
fn terse(tasks: usize) -> String {
    (0..tasks).map(|task| format!("{}.修路（县路局）\n", task % 999 + 1)).collect()
}

fn zipped<Name: AsRef<str>>(parts: &[(Name, String)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name.as_ref(), SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("memory");
    }
    archive.finish().expect("an archive").into_inner()
}

/// The lines of a text on pages, each with its place from the left and from the top, in characters.
fn pages(text: &str) -> Vec<Vec<(usize, usize, String)>> {
    const WIDTH: usize = 28;
    const HEIGHT: usize = 24;
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let characters: Vec<char> = paragraph.chars().collect();
        let (first, rest) = characters.split_at(characters.len().min(WIDTH - 2));
        lines.push((2, first.iter().collect::<String>()));
        lines.extend(rest.chunks(WIDTH).map(|line| (0, line.iter().collect())));
    }
    let page = |lines: &[(usize, String)]| {
        lines.iter().enumerate().map(|(row, (indent, line))| (*indent, row, line.clone())).collect()
    };
    lines.chunks(HEIGHT).map(page).collect()
}

/// A .pdf whose characters are all as wide as high, with nothing deflated.
fn pdf(text: &str) -> Vec<u8> {
    let mut file = String::from("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
    file.push_str("4 0 obj<</Type/Font/Subtype/Type0/Encoding/UniGB-UTF16-H/DescendantFonts[5 0 R]>>endobj\n");
    file.push_str("5 0 obj<</CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)>>/DW 1000/W[1[1000] 2 2000 1000]>>endobj\n");
    let mut kids = String::new();
    for (index, page) in pages(text).iter().enumerate() {
        let number = 10 + index * 2;
        let mut content = String::from("BT /F 16 Tf\n");
        for (indent, row, line) in page {
            let codes: String = line.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
            writeln!(content, "1 0 0 1 {} {} Tm <{codes}> Tj", 80 + indent * 16, 740 - row * 28).expect("memory");
        }
        content.push_str("ET");
        write!(kids, "{number} 0 R ").expect("memory");
        writeln!(
            file,
            "{number} 0 obj<</Type/Page/MediaBox[0 0 595 842]/Contents {} 0 R/Resources<</Font<</F 4 0 R>>>>>>endobj\n{} 0 obj<</Length {}>>stream\n{content}\nendstream endobj",
            number + 1,
            number + 1,
            content.len()
        )
        .expect("memory");
    }
    write!(file, "2 0 obj<</Type/Pages/Kids[{kids}]>>endobj\ntrailer<</Root 1 0 R>>").expect("memory");
    file.into_bytes()
}

/// An .ofd whose characters are all as wide as high.
fn ofd(text: &str) -> Vec<u8> {
    let mut parts = Vec::new();
    let mut listed = String::new();
    for (index, page) in pages(text).iter().enumerate() {
        write!(listed, "<Page ID=\"{index}\" BaseLoc=\"P{index}.xml\"/>").expect("memory");
        let mut content = String::from("<Page><Content><Layer>");
        for (indent, row, line) in page {
            let steps = line.chars().count() - 1;
            write!(
                content,
                "<TextObject Boundary=\"{} {} 170 6\" Size=\"5.6\"><TextCode X=\"0\" Y=\"5\" DeltaX=\"g {steps} 5.6\">{line}</TextCode></TextObject>",
                28.0 + *indent as f32 * 5.6,
                37 + row * 9
            )
            .expect("memory");
        }
        parts.push((format!("D/P{index}.xml"), content + "</Layer></Content></Page>"));
    }
    parts.push(("D/Document.xml".to_owned(), format!("<Document><Pages>{listed}</Pages></Document>")));
    let root = "<OFD><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>".to_owned();
    parts.push(("OFD.xml".to_owned(), root));
    zipped(&parts)
}

/// The most memory that this process has had, as Linux counts it; 0 elsewhere.
fn peak_mebibytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.split_whitespace().next()?.parse::<usize>().ok()).unwrap_or_default() / 1024
}
