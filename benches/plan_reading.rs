//! Time and peak memory of reading plans of growing size. Both must grow in proportion: `cargo bench --bench plan_reading`.
//!
//! Each size is read in a process of its own, as the peak of memory is that of a whole process.

use std::fmt::Write;
use std::process::Command;
use std::time::Instant;

/// The endings of the formats, and the sizes that each is read in.
const SIZES: [(&str, &[usize]); 4] = [
    ("txt", &[33, 1_000, 10_000, 100_000]),
    ("html", &[33, 1_000, 10_000, 20_000]),
    ("mht", &[33, 1_000, 10_000]),
    ("rtf", &[33, 1_000, 10_000]),
];

fn main() {
    let mut arguments = std::env::args().skip(1);
    match (arguments.next(), arguments.next().and_then(|size| size.parse().ok())) {
        (Some(format), Some(tasks)) => measure(&format, tasks),
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
    let file = file(format, plan(tasks));
    let before = Instant::now();
    let draft = duban::plan::read(&format!("plan.{format}"), &file).expect("a plan");
    let taken = before.elapsed();
    assert_eq!(draft.tasks.len(), tasks);
    let mebibytes = file.len() as f64 / f64::from(1 << 20);
    let milliseconds = taken.as_secs_f64() * 1e3;
    let each = milliseconds * 1e3 / tasks as f64;
    println!("{format:>6} {tasks:>9} {mebibytes:>9.2} {milliseconds:>11.1} {each:>14.1} {:>11}", peak_mebibytes());
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

/// The most memory that this process has had, as Linux counts it; 0 elsewhere.
fn peak_mebibytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.split_whitespace().next()?.parse::<usize>().ok()).unwrap_or_default() / 1024
}
