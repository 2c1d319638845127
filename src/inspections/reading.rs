//! Inspections that are proposed, and what units reply to them.

use chrono::NaiveDate;

use crate::chat::incoming::Message;
use crate::inspections::{Wanted, Whom};
use crate::intent::Intent;
use crate::intent::heard::{Said, named};
use crate::office::place::{Awaited, Place};
use crate::reporting::statement::Statement;
use crate::understanding as words;
use crate::understanding::called::Meant;
use crate::understanding::inspection::request;
use crate::understanding::{called, understand_contact};
use crate::{inspections, questions};

const USAGE: &str =
    "/inspect 全部 9月20日前 报送自查情况；也可写 第5、7项，或 省公安厅、省财政厅（用顿号分开）；日期不能早于今天";

pub fn proposed(message_id: i64, text: &str, place: &Place, on: NaiveDate) -> Intent {
    let Some(mut request) = request(text, on) else { return Intent::Misused { usage: USAGE } };
    if let Whom::Units(names) = &mut request.whom {
        for name in names {
            match called::plainly(name, &place.roll) {
                Meant::One(unit) => *name = unit,
                Meant::Several(units) => return Intent::Questions(questions::Wanted::WhichUnit { units }),
                Meant::Nobody => {}
            }
        }
    }
    Intent::Inspections(Wanted::Propose { message_id, request })
}

/// A reply that answers an inspection. `None` for what is read as elsewhere: words that name tasks, courtesies, and words
/// about the tasks of a digest that also named an inspection.
pub fn read(message: &Message, said: Said, place: &Place, on: NaiveDate) -> Option<Intent> {
    let Some(Awaited::Inspection { inspection, in_digest }) = place.asked_for else { return None };
    let named = named(place);
    let understanding = understand_contact(&message.text, &named, on);
    // Among other things it is told apart by its name.
    let mentioned = in_digest && ["督查", "自查"].iter().any(|name| message.text.contains(name));
    let numbered = || {
        let read = understand_contact(&message.text, &[], on);
        read.items.iter().chain(&read.aside).any(|item| item.task.is_some())
    };
    let is_reported = match understanding.intent {
        words::Intent::Withdraw => true,
        words::Intent::Read | words::Intent::Chatter => message.attachments.is_empty(),
        words::Intent::Report | words::Intent::Extension | words::Intent::Transfer | words::Intent::Defer => {
            numbered() || (in_digest && !mentioned && !named.is_empty())
        }
        words::Intent::Unclear | words::Intent::Query | words::Intent::Order => false,
    };
    let statement = Statement {
        message_id: message.message_id,
        at: message.at,
        text: message.text.clone(),
        items: Vec::new(),
        likely: None,
        attachments: message.attachments.clone(),
        edited: said.edited,
        goes_on: said.goes_on,
        passed_on: false,
    };
    (!is_reported).then_some(Intent::Inspections(inspections::Wanted::Answer { inspection, statement }))
}
