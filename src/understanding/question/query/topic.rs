//! What a question names beside what is asked of any task.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::super::called;
use super::super::kind::{HANDLES, PENDING};
use super::{
    BACK, CHANGES, DAY, DUE, HISTORY, OVERDUE, PAST, PRACTICES, PROBLEMS, RATE, READ, REMINDER, SILENT, TOLD, UNBOUND,
    WHO, WHY,
};
use crate::chinese::span;

patterns! {
    TASK_NUMBER = "第?[0-9一二三四五六七八九十]+(?:[(（][0-9]+[)）])?(?:项|条|号任务|号|个任务|件)|任务[0-9一二三四五六七八九十]+";
    // Said of whatever is asked about.
    OF_ANY = "进展|情况|进度|总体|整体|汇总|统计|怎么样|如何|咋样|怎样|整个|全部|总的|总共|一共|总数|全[省市县盘局]|概况|概览|总览|多少|[几各每]项|几个|几件|状态|启动|开工|中止|数据|数字|报数|还剩|剩余|办结|完成|落实|推进|到哪|一步|任务|事项|工作|单位|部门|方案|计划|目前|现在|当前|截至|领导|汇报|报告|告诉|简要|程度|比例|百分|反馈|办理|分别|承担|负责|牵头|配合|详细|具体|内容|情形|列出|来着|清单|顺利|多不多|提供|有没有|哪些|什么|所有|刚来|[0-9]+|[一二三四五六七八九十第这那请问麻烦帮忙我你您们给把将的地得了吗呢啊呀吧哈嘛要想看说讲听报下个份各里面还都是有在到和与及已未没办做干搞弄开剩数量高低快慢早上好，。？！、；：]";
}

/// What a question is about beside all that is asked of any task: 一窗受理 in 一窗受理推进得怎么样了.
pub(super) fn of(text: &str, units: &[(String, String)], on: NaiveDate) -> Option<String> {
    let mut bare = text.to_owned();
    for found in span::find(text, on).iter().rev() {
        bare.replace_range(found.range.clone(), "，");
    }
    let bare = TASK_NUMBER.replace_all(&bare, "，");
    let asked = [
        &OVERDUE, &SILENT, &PENDING, &PROBLEMS, &DUE, &WHO, &RATE, &HANDLES, &TOLD, &READ, &WHY, &HISTORY, &UNBOUND,
        &CHANGES, &REMINDER, &PRACTICES, &DAY, &BACK, &PAST,
    ];
    let bare = called::without(&bare, units);
    let rest = asked.iter().fold(bare, |rest, words| words.replace_all(&rest, "，").into_owned());
    let rest = OF_ANY.split(&rest).max_by_key(|rest| rest.chars().count())?;
    // 国家税务总局湖南 before 省税务局 belongs to the name.
    let of_name = rest.contains(['局', '厅', '委']);
    (rest.chars().count() >= SHORTEST && !of_name).then(|| rest.to_owned())
}

/// Fewer characters are left by chance.
pub(super) const SHORTEST: usize = 3;
