//! Sentences for coordinators.

use crate::assigning;
use crate::chat::words::{Block, Words};
use crate::chat::{phrases, text};
use crate::filing::bulletin::Issued;
use crate::intent::button;
use crate::office::moment::Moment;
use crate::questions::page;
use crate::understanding::{Beyond, Deed};

/// A page of it, from 0.
pub fn help(number: usize) -> Words {
    let lines = HELP.map(Block::text);
    page::turned("<b>督办员用法</b>", &lines, number, button::look::help)
}

const HELP: [&str; 34] = [
    "<b>可以直接问</b>：第5项进展如何、省公安厅、哪些逾期了、为什么逾期、本月到期、谁还没反馈、谁收到了、哪些单位没绑定、今天有什么反馈、上周以来有什么变化、今天有什么要我处理的、有什么问题、有什么好做法",
    "<b>可以直接吩咐</b>：帮我催一下省公安厅、催办第5项（点按后发出）；看板、时间轴、通报、台账、会议材料",
    "<b>批示</b>：回复单位的反馈，内容转给该单位，答复转回",
    "<b>导入方案</b>：把文件（.docx .xlsx .txt 等）发给机器人，核对预览后点按“确认导入”",
    "/status 总体情况　/task 5 查看一项　/unit 省公安厅",
    "/overdue 逾期　/due 30 三十日内到期　/silent 未反馈",
    "/pending 待核定　/problems 问题　/practices 经验",
    "/history 5 历次反馈　/read 5 签收情况",
    "/remind 5 催办，也可接单位",
    "/assign 省公安厅 9月30日前 报送自查情况 交办",
    "/amend 5 时限 7月15日 调整",
    "/drop 33 理由 撤销",
    "/record 单位 〔序号〕 进展 代录来电",
    "/inspect 全部 9月20日前 报送自查情况 专项督查",
    "/brief 简报　/board 看板　/timeline 时间轴",
    "/export 台账　/bulletin 通报草稿（期号为上次印发的加一，可写明“第3期”）",
    "/bulletin 印发 定稿：期号记入台账，加一",
    "/policy 设置　/preview 6月 预演",
    "/suspend 5 省公安厅 理由 中止",
    "/resume 5 省公安厅 恢复",
    "/reopen 5 省公安厅 理由 撤销办结",
    "/accept 5 省公安厅 同意办结",
    "/return 5 省公安厅 理由 退回",
    "/commend 省公安厅 理由 表扬",
    "/notice 约谈 省公安厅 理由 提醒、约谈",
    "/units 绑定情况",
    "/contacts 省公安厅 联络员",
    "/coordinators 督办员名单",
    "/area 周敏 省公安厅 分工",
    "/invite 省公安厅 邀请（/invite 全部）",
    "/unbind 省公安厅 解除绑定",
    "/plans 方案、简称（/task、/history、/read、/remind 后可写 营商环境第5项）",
    "/stop 停止提醒（在单位群里发送，/start 恢复）",
    "/help 本说明",
];

/// `nearest`: what would be understood.
pub fn nearest_questions(nearest: &[String]) -> Words {
    let lines = nearest.iter().map(|question| format!("· <code>{}</code>", text::escape(question)));
    let lines = lines.collect::<Vec<_>>().join("\n");
    Words::plain(format!("没有看懂。是不是想问：\n{lines}\n发送 /help 查看全部用法。"))
}

/// `units`: those that may be meant.
pub fn which_unit(units: &[String]) -> Words {
    let units: Vec<String> = units.iter().map(|unit| format!("<code>{}</code>", text::escape(unit))).collect();
    Words::plain(format!("单位没有写明，可能是{}，请写其中一个的全称再发一次。", units.join("、")))
}

pub fn not_understood() -> Words {
    Words::plain("没有看懂。可以问“第5项进展如何”“省公安厅”“哪些逾期了”“本月到期”“谁还没反馈”，或发送 /help。")
}

/// A bulletin is issued with this number.
pub fn issued(issue: u32) -> Words {
    let next = issue.saturating_add(1);
    Words::plain(format!(
        "已记为印发第{issue}期，文件随后发出。此后 /bulletin 按第{next}期起草；期号有误，请写明期号再发一次，例如 /bulletin 第{issue}期 印发。"
    ))
}

/// A number is taken once.
pub fn issued_before(issue: u32, issued: &Issued, at: Moment) -> Words {
    let (day, by) = (phrases::day(at.day_of(issued.at), at.today), text::escape(&issued.by));
    Words::plain(format!("第{issue}期已于{day}由{by}记为印发，未重复登记。取用该期文件请发送 /bulletin 第{issue}期。"))
}

/// What cannot be done is said, with what can.
pub fn beyond(beyond: Beyond) -> Words {
    let words = match beyond {
        Beyond::Command(deed) => format!("这件事请用命令办理：{}。", text::escape(usage(deed))),
        Beyond::RemindWhom => {
            "请写明催办哪个单位或哪一项任务，一次一个，例如“帮我催一下省公安厅”“催办第5项”。尚未反馈的单位可问“谁还没反馈”。"
                .to_owned()
        }
        Beyond::RemindLater => "不能预约催办，没有发出。需要时再发一次，即时催办；日常提醒按设置自动发出，见 /policy。".to_owned(),
        Beyond::OwnAlarm => "不能设个人提醒。到期、逾期和待核定的事项，会按设置通知督办员；可随时问“今天有什么要我处理的”。".to_owned(),
        Beyond::PaperOfPart => {
            "看板、时间轴、通报和会议材料不分单位和任务，也不代发给单位。可问“省公安厅”“第5项进展如何”，或发送 /board、/timeline、/bulletin、/brief。"
                .to_owned()
        }
        Beyond::PastPaper => "材料只按当前情况生成，没有往期的。当前的请发送 /board、/timeline、/bulletin、/export 或 /brief。".to_owned(),
        Beyond::Message => "不能代为传话，没有发出。请回复该单位的反馈，内容作为批示转给该单位；催办请说“帮我催一下省公安厅”。".to_owned(),
        Beyond::NotHeld => {
            "这个问题答不了：没有登记，或没有这样的统计。可以问任务的进展、时限、逾期、反馈、问题和待核定事项，例如“第5项进展如何”“省公安厅”；原话见 /history。"
                .to_owned()
        }
        Beyond::Whole => {
            "全部数据和佐证包不在这里发，请运行人员用 duban export 导出（.json 为全部数据，.zip 为佐证）。台账可发送 /export。".to_owned()
        }
        Beyond::OtherPaper => {
            "这类文稿我不起草。可以生成通报（/bulletin）、会议材料（“会议材料”）、简报（/brief）和台账（/export）；催办请说“帮我催一下省公安厅”。"
                .to_owned()
        }
        Beyond::ByShare => "不能按百分比筛选。各项进度见台账（/export），也可问“哪项进度最慢”“哪些还没启动”。".to_owned(),
        Beyond::OneAtATime => "一次只能答一个单位或一项任务，请分开问，例如“省公安厅”“第5项进展如何”；各单位一并看可问“各单位进度”。".to_owned(),
        Beyond::Outside => "这件事我办不了。我能在群里提醒和催办、登记反馈、答复查询、生成材料，发送 /help 查看用法。".to_owned(),
    };
    Words::plain(words)
}

fn usage(deed: Deed) -> &'static str {
    match deed {
        Deed::Amend => assigning::reading::AMEND,
        Deed::Drop => assigning::reading::DROP,
        Deed::Rule => {
            "/accept 5 省公安厅 同意办结，/return 5 省公安厅 理由 退回，/suspend 5 省公安厅 理由 中止，/resume 5 省公安厅 恢复；延期见 /pending"
        }
        Deed::Invite => "/invite 省公安厅，一次取得可用 /invite 全部",
        Deed::Record => "/record 省公安厅 5 60% 进展（代录来电）",
        Deed::Unbind => "/unbind 省公安厅",
        Deed::Assign => assigning::reading::ASSIGN,
        Deed::Issue => "/bulletin 印发（营商环境 第3期 等可写在前面）",
        Deed::Policy => "/policy 查看和修改提醒时间；/stop 停止提醒（在单位群里发送）",
    }
}
