//! Lists that a command shows, asked for in words: 住建厅的联络员是谁, 哪些单位被约谈过, 有几个方案.

use std::sync::LazyLock;

use regex::Regex;

use super::called;
use super::query::Which;

/// A list, with the command that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    Contacts {
        unit: String,
    },
    Coordinators,
    Commendations,
    /// 提醒 and 约谈.
    Notices,
    Inspections,
    Plans,
}

impl List {
    /// As it would be typed.
    pub fn command(&self) -> String {
        match self {
            List::Contacts { unit } => format!("/contacts {unit}"),
            List::Coordinators => "/coordinators".to_owned(),
            List::Commendations => "/commend".to_owned(),
            List::Notices => "/notice".to_owned(),
            List::Inspections => "/inspect".to_owned(),
            List::Plans => "/plans".to_owned(),
        }
    }
}

patterns! {
    ASKS = "谁|哪|几|多少|什么|啥|名单|记录|情况|清单|怎么样|如何|进展|齐|了没|[吗没]$|过$|有没有";
    CONTACTS = "联络员|联系人|对接人";
    COORDINATORS = "督办员";
    NOTICES = "约谈";
    COMMENDATIONS = "表扬|表彰";
    INSPECTIONS = "专项督查|专项检查|自查|督查事项";
    PLANS = "(?:几|哪|多少)[些几]?(?:个|份|套)?(?:方案|计划)|(?:方案|计划)(?:都)?(?:有哪|有几|列表|清单|名单)";
}

/// The list that the words ask for.
pub(super) fn read(text: &str, units: &[(String, String)]) -> Result<Option<List>, Which> {
    if !ASKS.is_match(text) {
        return Ok(None);
    }
    if CONTACTS.is_match(text) {
        return Ok(called::within(text, units).chosen()?.map(|unit| List::Contacts { unit }));
    }
    let lists = [
        (&COORDINATORS, List::Coordinators),
        (&NOTICES, List::Notices),
        (&COMMENDATIONS, List::Commendations),
        (&INSPECTIONS, List::Inspections),
        (&PLANS, List::Plans),
    ];
    Ok(lists.into_iter().find(|(pattern, _)| pattern.is_match(text)).map(|(_, list)| list))
}
