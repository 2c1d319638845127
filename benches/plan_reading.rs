//! Time and peak memory of reading plans of growing size. Both must grow in proportion: `cargo bench --bench plan_reading`.
//!
//! Each size is read in a process of its own, as the peak of memory is that of a whole process. Plans in files of any format
//! are measured where they are named: `cargo bench --bench plan_reading -- FILE…`.

use std::fmt::Write;
use std::process::Command;
use std::time::Instant;

const SIZES: [usize; 4] = [33, 1_000, 10_000, 100_000];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match &arguments[..] {
        [one] if one.parse::<usize>().is_ok() => {
            let tasks = one.parse().expect("a number");
            assert_eq!(measure("plan.txt", plan(tasks).as_bytes()), tasks);
        }
        [one, file] if one == "file" => {
            measure(file, &std::fs::read(file).expect("it is read"));
        }
        [] => rows(SIZES.map(|tasks| vec![tasks.to_string()])),
        files => rows(files.iter().map(|file| vec!["file".to_owned(), file.clone()])),
    }
}

/// A row for each of what this program is called with again.
fn rows(calls: impl IntoIterator<Item = Vec<String>>) {
    println!("{:>9} {:>9} {:>11} {:>14} {:>11}", "tasks", "file MiB", "time ms", "us per task", "peak MiB");
    let program = std::env::current_exe().expect("this program has a path");
    for call in calls {
        let status = Command::new(&program).args(&call).status().expect("this program starts");
        assert!(status.success(), "{call:?} was not read");
    }
}

/// Prints a row and returns how many tasks were read.
fn measure(name: &str, bytes: &[u8]) -> usize {
    let before = Instant::now();
    let draft = duban::plan::read(name, bytes).expect("a plan");
    let taken = before.elapsed();
    let tasks = draft.tasks.len();
    let mebibytes = bytes.len() as f64 / f64::from(1 << 20);
    let milliseconds = taken.as_secs_f64() * 1e3;
    let each = milliseconds * 1e3 / tasks as f64;
    println!("{tasks:>9} {mebibytes:>9.2} {milliseconds:>11.1} {each:>14.1} {:>11}", peak_mebibytes());
    tasks
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
