//! The bulletin and the workbook opened by LibreOffice. Where it is not installed (`libreoffice-writer`,
//! `libreoffice-calc`, `poppler-utils`), that is said and nothing is tested.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::papers::{export, with_reports};

fn runs(program: &str) -> bool {
    let version = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    version.is_ok()
}

/// The text of a file's pages, as LibreOffice lays them out.
fn laid_out(folder: &Path, file: &Path) -> String {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut convert = Command::new("soffice");
    convert.args([&profile, "--headless", "--convert-to", "pdf", "--outdir"]).arg(folder).arg(file);
    let converted = convert.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("it starts");
    assert!(converted.success());
    let mut read = Command::new("pdftotext");
    let text = read.args(["-layout", "-enc", "UTF-8"]).arg(file.with_extension("pdf")).arg("-");
    let text = text.output().expect("it starts");
    assert!(text.status.success(), "{} became no PDF", file.display());
    // Lines break anywhere in Chinese text.
    String::from_utf8(text.stdout).expect("UTF-8").split_whitespace().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_open_in_libreoffice() {
    if !runs("soffice") || !runs("pdftotext") {
        println!("skipped: LibreOffice or pdftotext is not installed");
        return;
    }
    let office = with_reports().await;
    let bulletin = laid_out(&office.path(""), &export(&office, "bulletin.docx"));
    for expected in [
        "督查通报",
        "一、总体情况共有任务33项",
        "二、主要进展",
        "（一）",
        "省公安厅：进度60%，=1+1<b>试运行</b>",
        "三、存在问题",
        "表1逾期任务",
        "需协调解决的问题",
        "市县数据未打通",
        "四、下一步要求",
        "附件1",
        "督办台账第",
        "—1—",
    ] {
        assert!(bulletin.contains(expected), "{expected}: {bulletin}");
    }
    let workbook = laid_out(&office.path(""), &export(&office, "ledger.xlsx"));
    for expected in ["任务总数33", "60%=1+1<b>试运行</b>", "2019-07-0410:00"] {
        assert!(workbook.contains(expected), "{expected}: {}", workbook.chars().take(2_000).collect::<String>());
    }
}
