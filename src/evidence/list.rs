//! 佐证清单: every file of the reports and of the answers to inspections with its digest, and whether it is in the archive. A .csv as Excel opens it.

use std::fmt::Write;

use crate::evidence::{Digest, Exhibit, label};

pub const NAME: &str = "佐证清单.csv";

/// Without it Excel takes UTF-8 for the machine's own encoding.
const BYTE_ORDER_MARK: &str = "\u{feff}";
const HEADS: [&str; 13] = [
    "附件编号",
    "方案",
    "任务",
    "单位",
    "反馈编号",
    "反馈时间",
    "反馈人",
    "名称",
    "类型",
    "大小（字节）",
    "SHA-256",
    "压缩包内的文件",
    "说明",
];
/// In characters. File systems take 255 bytes.
const LONGEST_PART: usize = 60;

/// What became of a file on its way into the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Packed {
    /// Under this path, with what is held against the ledger's digest.
    In { path: String, digest: Digest, agreement: Agreement },
    /// Not there, because …
    Out(String),
}

/// Whether what is in the archive is what the ledger says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    Same,
    /// The ledger has another digest.
    Other,
    /// The ledger has none.
    Unknown,
}

/// The list while it is written.
pub struct List(String);

impl Default for List {
    fn default() -> Self {
        let mut list = List(BYTE_ORDER_MARK.to_owned());
        list.line(HEADS.map(str::to_owned));
        list
    }
}

impl List {
    pub fn add(&mut self, exhibit: &Exhibit, packed: &Packed) {
        let (path, found, said) = match packed {
            Packed::In { path, digest, agreement } => {
                let said = match agreement {
                    Agreement::Same => "与台账所记一致",
                    Agreement::Other => "现取得的文件与台账所记校验值不一致",
                    Agreement::Unknown => "台账尚无校验值，此处为现取得的文件的校验值",
                };
                (path.as_str(), Some(digest), said)
            }
            Packed::Out(why) => ("", None, why.as_str()),
        };
        // Where the two differ, the ledger's is the one that counts.
        let digest = exhibit.digest.as_ref().or(found);
        let said = if exhibit.withdrawn { format!("{said}；该反馈已撤回") } else { said.to_owned() };
        self.line([
            exhibit.number(),
            exhibit.plan.clone(),
            exhibit.matter.clone(),
            exhibit.unit.clone(),
            exhibit.source.number(),
            exhibit.reported_at.format("%Y-%m-%d %H:%M").to_string(),
            exhibit.person.clone(),
            exhibit.name.clone().unwrap_or_default(),
            label(&exhibit.kind).to_owned(),
            digest.map(|digest| digest.size.to_string()).unwrap_or_default(),
            digest.map(|digest| digest.sha256.clone()).unwrap_or_default(),
            path.to_owned(),
            said,
        ]);
    }

    fn line<const N: usize>(&mut self, fields: [String; N]) {
        let fields = fields.map(|field| quoted(&field)).join(",");
        // A string takes whatever is written to it.
        let _ = write!(self.0, "{fields}\r\n");
    }

    pub fn finish(self) -> String {
        self.0
    }
}

/// A cell that begins like a formula would be one.
fn quoted(field: &str) -> String {
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}

/// Where a file stands in the archive: the plan, the task or 专项督查, the unit, then its number and its name.
pub fn path(exhibit: &Exhibit) -> String {
    let name = exhibit.name.as_deref().map(safe).filter(|name| !name.is_empty()).unwrap_or_else(|| {
        let ending = match exhibit.kind.as_str() {
            "photo" => ".jpg",
            "voice" => ".ogg",
            "video" | "video_note" => ".mp4",
            "audio" => ".mp3",
            _ => "",
        };
        format!("{}{ending}", label(&exhibit.kind))
    });
    let [plan, matter, unit] = [&exhibit.plan, &exhibit.matter, &exhibit.unit].map(|part| safe(part));
    format!("{plan}/{matter}/{unit}/{}-{name}", exhibit.number())
}

/// What every file system takes as the name of a file, and no unpacking leads elsewhere. The ending stays.
fn safe(name: &str) -> String {
    let bare: String = name.chars().map(|c| if is_taken(c) { c } else { '_' }).collect();
    let bare = bare.trim_matches(['.', ' ', '_']);
    if bare.chars().count() <= LONGEST_PART {
        return bare.to_owned();
    }
    let (stem, ending) = bare.rsplit_once('.').filter(|(_, ending)| ending.len() <= 8).unwrap_or((bare, ""));
    let stem: String = stem.chars().take(LONGEST_PART).collect();
    if ending.is_empty() { stem } else { format!("{stem}.{ending}") }
}

fn is_taken(c: char) -> bool {
    /// They turn the reading direction of a name, so that its ending looks like another.
    const TURNING: [std::ops::RangeInclusive<char>; 3] =
        ['\u{200b}'..='\u{200f}', '\u{202a}'..='\u{202e}', '\u{2066}'..='\u{2069}'];
    !c.is_control() && !r#"/\:*?"<>|"#.contains(c) && !TURNING.iter().any(|range| range.contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Source;

    fn exhibit(name: Option<&str>, digest: Option<Digest>) -> Exhibit {
        Exhibit {
            id: 7,
            file_id: "f".to_owned(),
            plan: "营商环境".to_owned(),
            matter: "第5项".to_owned(),
            unit: "省公安厅".to_owned(),
            source: Source::Report(3),
            reported_at: "2019-06-24T10:00:00".parse().unwrap(),
            person: "李建国".to_owned(),
            withdrawn: true,
            kind: "photo".to_owned(),
            name: name.map(str::to_owned),
            digest,
            kept: false,
            missing: None,
        }
    }

    #[test]
    fn no_name_leads_elsewhere() {
        let named = |name| path(&exhibit(Some(name), None));
        assert_eq!(named("../../etc/passwd"), "营商环境/第5项/省公安厅/7-etc_passwd");
        assert_eq!(named("合同\u{202e}fdp.exe"), "营商环境/第5项/省公安厅/7-合同_fdp.exe");
        assert_eq!(named(".."), "营商环境/第5项/省公安厅/7-照片.jpg");
        assert_eq!(path(&exhibit(None, None)), "营商环境/第5项/省公安厅/7-照片.jpg");
        let long = named(&format!("{}.docx", "长".repeat(200)));
        assert!(long.ends_with("长.docx") && long.chars().count() < 90, "{long}");
    }

    #[test]
    fn a_line_a_file() {
        let mut list = List::default();
        list.add(&exhibit(Some("=1+1,\".pdf"), None), &Packed::Out("未能连接 Telegram".to_owned()));
        let text = list.finish();
        assert!(text.starts_with("\u{feff}\"附件编号\",\"方案\""));
        assert!(text.ends_with(
            "\"7\",\"营商环境\",\"第5项\",\"省公安厅\",\"3\",\"2019-06-24 10:00\",\"李建国\",\"'=1+1,\"\".pdf\",\"照片\",\"\",\"\",\"\",\"未能连接 Telegram；该反馈已撤回\"\r\n"
        ), "{text}");
    }
}
