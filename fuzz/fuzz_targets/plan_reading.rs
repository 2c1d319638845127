//! Any bytes as a document: none may make the reader panic. The first byte chooses the format; inside containers the rest is
//! the part that holds the text, so that the container is always right. A .doc has it in two halves, the text and the tables.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fuzz_target!(|bytes: &[u8]| {
    let Some((format, content)) = bytes.split_first() else { return };
    let _ = match format % 11 {
        0 | 1 => duban::plan::read("plan.txt", content),
        2 => duban::plan::read("plan.md", content),
        3 => duban::plan::read("plan.csv", content),
        4 => duban::plan::read("plan.docx", &archive("word/document.xml", content)),
        5 => duban::plan::read("plan.ods", &archive("content.xml", content)),
        6 => duban::plan::read("plan.xls", &compound(&[("Workbook", content)])),
        7 => {
            let (text, tables) = content.split_at(content.len() / 2);
            duban::plan::read("plan.doc", &compound(&[("WordDocument", text), ("0Table", tables), ("1Table", tables)]))
        }
        8 => duban::plan::read("plan.pdf", &[b"%PDF-1.7\n", content].concat()),
        9 => duban::plan::read("plan.ofd", &page(content)),
        _ => duban::plan::read("plan.xlsx", &workbook(content)),
    };
});

fn archive(name: &str, content: &[u8]) -> Vec<u8> {
    let kind: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    written(&[("mimetype", kind), (name, content)])
}

fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file in memory");
    for (name, content) in streams {
        let mut stream = file.create_stream(name).expect("a stream in memory");
        stream.write_all(content).expect("memory takes what is written");
    }
    file.into_inner().into_inner()
}

/// A document whose one page is `content`.
fn page(content: &[u8]) -> Vec<u8> {
    let document = r#"<Document><Pages><Page ID="1" BaseLoc="P.xml"/></Pages></Document>"#;
    written(&[
        ("OFD.xml", b"<OFD><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>"),
        ("D/Document.xml", document.as_bytes()),
        ("D/P.xml", content),
    ])
}

/// A workbook whose one sheet is `content`.
fn workbook(content: &[u8]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let sheets = format!(
        r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>"#
    );
    let relations = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
    );
    written(&[
        ("xl/workbook.xml", sheets.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", content),
    ])
}

fn written(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a file of an archive in memory");
        archive.write_all(content).expect("memory takes what is written");
    }
    archive.finish().expect("an archive in memory").into_inner()
}
