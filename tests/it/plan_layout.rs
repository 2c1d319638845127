//! Plans as .pdf and .ofd: what other programs make of the demonstration plan reads as its text does, scans and encrypted
//! files are refused, and hostile ones take no more than their share.
//!
//! The samples in `files/layout` were made from `seeds/demo-plan.txt` by LibreOffice, Chromium, Ghostscript, ReportLab and
//! easyofd, and by `make_ofd.py` beside them; the glyphs of their fonts were taken out to make them small.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use duban::office::plan::{Draft, DraftTask};
use duban::plan;
use duban::plan::Unreadable;
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(ROOT).join("tests/it/files/layout").join(name)).expect("a sample")
}

/// A draft without what formats may differ in: where in the file a doubt stands.
fn read(name: &str, bytes: &[u8]) -> Draft {
    let mut draft = plan::read(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    draft.problems.iter_mut().for_each(|problem| problem.line = 0);
    draft.set_aside.clear();
    draft
}

fn demonstration() -> Draft {
    read("plan.txt", &fs::read(Path::new(ROOT).join("seeds/demo-plan.txt")).expect("the plan"))
}

/// The pages of the standard samples are headed 内部资料, which is warned of.
#[test]
fn samples_read_as_the_text() {
    let expected = demonstration();
    for name in [
        "libreoffice.pdf",
        "libreoffice-table.pdf",
        "chromium-table.pdf",
        "ghostscript-table.pdf",
        "reportlab.pdf",
        "reportlab-table.pdf",
        "easyofd.ofd",
        "standard.ofd",
        "standard-table.ofd",
    ] {
        let mut found = read(name, &sample(name));
        let warned = found.problems.extract_if(.., |problem| problem.message == "文件标有“内部资料”。").count();
        assert_eq!(warned, usize::from(name.starts_with("standard")), "{name}");
        assert_eq!(found, expected, "{name}");
    }
}

/// The program lost the lines of the table and put spaces before and after figures.
#[test]
fn a_table_without_lines_is_read_by_its_columns() {
    let told = |task: &DraftTask| {
        let text: String = task.text.split_whitespace().collect();
        (task.number.clone(), text, task.leads.clone(), task.responsible.clone(), task.collectives.clone())
    };
    let found = read("easyofd-aligned.ofd", &sample("easyofd-aligned.ofd"));
    let expected = demonstration();
    assert_eq!(found.tasks.iter().map(told).collect::<Vec<_>>(), expected.tasks.iter().map(told).collect::<Vec<_>>());
}

#[test]
fn scans_and_encrypted_files_are_refused() {
    assert_eq!(plan::read("scan.pdf", &sample("scan.pdf")), Err(Unreadable::Scan));
    assert_eq!(plan::read("plan.pdf", &sample("encrypted.pdf")), Err(Unreadable::Encrypted));
    assert_eq!(plan::read("plan.pdf", b"1."), Err(Unreadable::NoTasks));
    assert_eq!(plan::read("plan.ofd", &sample("scan.pdf")), Err(Unreadable::Scan));
    assert_eq!(plan::read("plan.ofd", &zipped(&[("a.xml", "<a/>")])), Err(Unreadable::NotOffice));
    assert_eq!(plan::read("plan.pdf", b""), Err(Unreadable::Empty));
}

/// The seed and the demonstration plan, laid out by LibreOffice where it is installed.
#[test]
fn plans_that_libreoffice_lays_out() {
    let version = Command::new("soffice").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if version.is_err() {
        println!("skipped: LibreOffice is not installed");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let plans =
        ["seeds/demo-plan.txt", "../shared/seeds/000_b22c45ac15518376.txt"].map(|path| Path::new(ROOT).join(path));
    for plan in plans {
        let Ok(text) = fs::read(&plan) else {
            println!("skipped: no plan at {}", plan.display());
            continue;
        };
        let file = folder.path().join("plan.txt");
        fs::write(&file, &text).expect("written");
        let pdf = laid_out(folder.path(), &file);
        assert_eq!(read("plan.pdf", &fs::read(pdf).expect("a PDF")), read("plan.txt", &text), "{}", plan.display());
    }
}

fn laid_out(folder: &Path, file: &Path) -> PathBuf {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut convert = Command::new("soffice");
    convert.args([&profile, "--headless", "--infilter=Text (encoded):UTF8,LF,,,", "--convert-to", "pdf", "--outdir"]);
    let converted = convert.arg(folder).arg(file).stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(converted.expect("it starts").success());
    file.with_extension("pdf")
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

/// A file of one page with this content, in a font that shows UTF-16; `more` are further objects.
fn pdf(content: &str, more: &str) -> Vec<u8> {
    let font = "/Type/Font/Subtype/Type0/BaseFont/A/Encoding/UniGB-UTF16-H/DescendantFonts[6 0 R]";
    let system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>";
    format!(
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 7 0 R>>>>>>endobj\n\
         4 0 obj<</Length {}>>stream\n{content}\nendstream endobj\n5 0 obj<<{font}>>endobj\n\
         6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/A{system}/DW 1000>>endobj\n{more}\ntrailer<</Root 1 0 R>>",
        content.len()
    )
    .into_bytes()
}

fn shown(text: &str, x: u32, y: u32) -> String {
    let codes: String = text.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
    format!("BT /F 16 Tf {x} {y} Td <{codes}> Tj ET\n")
}

const PLAN: [&str; 3] = ["青山县任务分工方案", "1.修缮库房。（县档案局负责）", "2.整理目录。（县档案馆负责）"];

fn plan_content() -> String {
    PLAN.iter().zip([700, 650, 620]).map(|(line, y)| shown(line, 90, y)).collect()
}

#[test]
fn hidden_text_and_marks_of_the_page_are_not_read() {
    let expected = read("plan.txt", PLAN.join("\n").as_bytes());
    let layers = "8 0 obj<</Type/OCG>>endobj";
    let extra = [
        format!("q 3 Tr {} Q", shown("3.看不见。（县教育局负责）", 90, 590)),
        format!("q .7 .7 -.7 .7 300 300 cm {} Q", shown("内部资料", 0, 0)),
        format!("/Artifact <</Type/Pagination>> BDC {} EMC", shown("3.页眉。（县教育局负责）", 90, 800)),
        shown("— 1 —", 280, 40),
        shown("3.页外。（县教育局负责）", 90, 900),
    ];
    for extra in extra {
        let found = read("plan.pdf", &pdf(&(plan_content() + &extra), layers));
        assert_eq!(found, expected, "{extra}");
    }
}

#[test]
fn a_page_that_is_only_a_picture_is_said() {
    let more = "2 0 obj<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>endobj 7 0 obj<</Subtype/Image/Length 0>>stream\nendstream endobj\n\
                8 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n\
                9 0 obj<</Type/Page/Contents 8 0 R/Resources<</XObject<</X 7 0 R>>>>>>endobj";
    let content = PLAN[..2].iter().zip([700, 650]).map(|(line, y)| shown(line, 90, y)).collect::<String>();
    let open = shown("2.整理目录，", 90, 620);
    let draft = read("plan.pdf", &pdf(&(content + &open), more));
    assert!(format!("{draft:?}").contains("第2页只有图像"), "{draft:?}");
}

/// Deflated bytes, all of them the same.
fn swollen(byte: u8, mebibytes: usize) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let block = vec![byte; 1 << 20];
    (0..mebibytes).for_each(|_| encoder.write_all(&block).expect("deflated"));
    encoder.finish().expect("deflated")
}

/// A file whose page's content is a stream with this dictionary and these bytes.
fn with_stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("4 0 obj<<{dictionary}/Length {}>>stream\n", bytes.len());
    let file = pdf("", "");
    let end = file.len() - "trailer<</Root 1 0 R>>".len();
    [&file[..end], head.as_bytes(), bytes, b"\nendstream endobj\ntrailer<</Root 1 0 R>>"].concat()
}

#[test]
fn hostile_files_are_refused_in_time() {
    let form =
        |content: &str| format!("7 0 obj<</Subtype/Form/Length {}>>stream\n{content}\nendstream endobj", content.len());
    let kids: String = (10..4000).map(|number| format!("{number} 0 R ")).collect();
    let pages: String = (10..4000).map(|number| format!("{number} 0 obj<</Type/Page>>endobj\n")).collect();
    let lines: String = (0..300_000).map(|_| "0 1 Td <0041> Tj ").collect();
    let part = |text: &str| zipped(&[("OFD.xml", text)]);
    let cases: Vec<(&str, &str, Vec<u8>)> = vec![
        ("content that swells", "plan.pdf", with_stream("/Filter/FlateDecode", &swollen(b' ', 64))),
        (
            "objects that swell",
            "plan.pdf",
            with_stream("/Type/ObjStm/N 9/First 9/Filter/FlateDecode", &swollen(b'1', 64)),
        ),
        ("a filter twice", "plan.pdf", with_stream("/Filter[/Fl/Fl]", &swollen(0, 64))),
        ("arrays within arrays", "plan.pdf", pdf(&"[".repeat(5 << 20), "")),
        ("objects that never end", "plan.pdf", [b"%PDF-1.7 ".to_vec(), b"1 0 obj(".repeat(200_000)].concat()),
        ("dictionaries that never end", "plan.pdf", [b"%PDF-1.7 ".to_vec(), b"1 0 obj<<".repeat(200_000)].concat()),
        ("trailers that never end", "plan.pdf", [b"%PDF-1.7 ".to_vec(), b"trailer<<".repeat(200_000)].concat()),
        ("streams that never end", "plan.pdf", [b"%PDF-1.7 ".to_vec(), b"1 0 obj<<>>stream ".repeat(300_000)].concat()),
        ("a form within itself", "plan.pdf", pdf("/X Do", &form("/X Do /X Do /X Do /X Do"))),
        ("a form a million times", "plan.pdf", pdf(&"/X Do ".repeat(1_000_000), &form("q Q"))),
        ("fonts without end", "plan.pdf", pdf(&"/F 9 Tf /G 9 Tf ".repeat(500_000), "")),
        ("saved states without end", "plan.pdf", pdf(&"q ".repeat(3_000_000), "")),
        ("many characters", "plan.pdf", pdf(&format!("BT /F 9 Tf 90 90 Td {lines} ET"), "")),
        ("many lines", "plan.pdf", pdf(&"0 0 m 90 9 l 9 90 l S 9 9 80 700 re S ".repeat(100_000), "")),
        ("many pages", "plan.pdf", pdf("", &format!("2 0 obj<</Kids[{kids}]>>endobj\n{pages}"))),
        ("pages in a circle", "plan.pdf", pdf("", "2 0 obj<</Kids[2 0 R 2 0 R]>>endobj")),
        (
            "widths without end",
            "plan.pdf",
            pdf(&plan_content(), &format!("6 0 obj<</W[{}]>>endobj", "0 65535 9 ".repeat(30_000))),
        ),
        ("an archive that swells", "plan.ofd", part(&" ".repeat(21 << 20))),
        ("entities", "plan.ofd", part("<!DOCTYPE a [<!ENTITY e \"e\">]><OFD>&e;</OFD>")),
        ("elements within elements", "plan.ofd", part(&"<a>".repeat(100_000))),
        (
            "steps without end",
            "plan.ofd",
            ofd(&format!(
                "<TextObject Size=\"4\"><TextCode DeltaX=\"{}\">一</TextCode></TextObject>",
                "g 99999999 1 ".repeat(9_999)
            )),
        ),
        (
            "characters without end",
            "plan.ofd",
            ofd(&format!("<TextObject Size=\"4\"><TextCode>{}</TextCode></TextObject>", "一".repeat(2 << 20))),
        ),
    ];
    // Without optimisation everything takes some ten times as long.
    let most = Duration::from_secs(if cfg!(debug_assertions) { 50 } else { 5 });
    for (what, name, bytes) in cases {
        let before = Instant::now();
        let found = plan::read(name, &bytes);
        assert!(found.is_err() || what.starts_with("widths"), "{what}: {found:?}");
        assert!(before.elapsed() < most, "{what}: {:?}", before.elapsed());
    }
}

/// An .ofd file of one page.
fn ofd(content: &str) -> Vec<u8> {
    zipped(&[
        ("OFD.xml", "<OFD><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>"),
        ("D/Document.xml", "<Document><Pages><Page ID=\"1\" BaseLoc=\"P.xml\"/></Pages></Document>"),
        ("D/P.xml", &format!("<Page><Content><Layer>{content}</Layer></Content></Page>")),
    ])
}

/// Words that the content of pages is made of, in any order.
fn operators() -> impl Strategy<Value = String> {
    let line = shown("1.修缮库房。（县档案局负责）", 90, 600);
    let mut pieces =
        vec![line.as_str(), "q ", "Q ", "BT ", "ET ", "1 0 0 1 9 9 cm ", "0 0 0 0 0 0 Tm ", "/F 12 Tf ", "<0041"];
    pieces.extend([
        "(a\\",
        "[<4e00> -9e9 <4e8c>] TJ ",
        "9 TL T* ",
        "1e30 Tz ",
        "/X Do ",
        "BI /W 1 ID x EI ",
        "9 9 99 99 re ",
    ]);
    pieces.extend([
        "f ",
        "S ",
        "90 0 m 90 800 l S ",
        "9 9 m 500 9 l S ",
        "/OC /A BDC ",
        "EMC ",
        "<< ",
        "[ ",
        "] ",
        "-",
        "NaN ",
        "99999999999999 ",
    ]);
    let pieces: Vec<String> = pieces.into_iter().map(str::to_owned).collect();
    prop::collection::vec(prop::sample::select(pieces), 0..60).prop_map(|pieces| pieces.concat())
}

/// Elements that the pages of .ofd files are made of, in any order.
fn elements() -> impl Strategy<Value = String> {
    let pieces = [
        "<TextObject Boundary=\"9 9 90 9\" Size=\"5\">",
        "<TextObject Boundary=\"9 9\" Size=\"-5\" CTM=\"0 1 -1 0 9 9\" ReadDirection=\"90\">",
        "</TextObject>",
        "<TextCode X=\"0\" Y=\"5\" DeltaX=\"g 3 5 1\">",
        "<TextCode X=\"NaN\" Y=\"9e99\" DeltaY=\"g g g\">",
        "</TextCode>",
        "1.修缮库房。（县档案局负责）",
        "<PathObject Boundary=\"0 0 9 9\"><AbbreviatedData>M 0 0 L 90 0 L 90 90 C</AbbreviatedData></PathObject>",
        "<AbbreviatedData>L L M C 9 B</AbbreviatedData>",
        "<ImageObject/>",
        "<Template TemplateID=\"1\"/>",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_file_is_answered(changes in prop::collection::vec(any::<(usize, u8)>(), 0..40), cut in any::<usize>()) {
        for name in ["reportlab-table.pdf", "ghostscript-table.pdf", "easyofd.ofd"] {
            let mut bytes = sample(name);
            for (at, value) in &changes {
                let at = at % bytes.len();
                bytes[at] = *value;
            }
            bytes.truncate(bytes.len() - cut % 64);
            let _ = plan::read(name, &bytes);
        }
    }

    #[test]
    fn damaged_objects_are_answered(changes in prop::collection::vec(any::<(usize, u8)>(), 0..20)) {
        let mut bytes = pdf(&plan_content(), "");
        for (at, value) in changes {
            let at = 9 + at % (bytes.len() - 9);
            bytes[at] = value;
        }
        let _ = plan::read("plan.pdf", &bytes);
    }

    #[test]
    fn any_mixture_of_operators_is_answered(content in operators(), objects in operators()) {
        let _ = plan::read("plan.pdf", &pdf(&content, &objects));
    }

    #[test]
    fn any_mixture_of_elements_is_answered(content in elements()) {
        let _ = plan::read("plan.ofd", &ofd(&content));
    }
}
