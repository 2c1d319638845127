//! What a contact's words want.

use chrono::NaiveDate;

use crate::chat::incoming::Message;
use crate::intent::heard::Said;
use crate::intent::{Intent, heard};
use crate::office::place::Place;
use crate::reporting::statement::Statement;
use crate::understanding::item::Item;
use crate::understanding::{item, understand_by_plan};
use crate::{questions, receipts, reporting};

pub fn of_words(words: &str, message: &Message, said: Said, place: &Place, on: NaiveDate) -> Intent {
    let Said { edited, goes_on } = said;
    let named = heard::named(place);
    let understanding = understand_by_plan(words, &named, &place.plans, on);
    let statement = |items| Statement {
        message_id: message.message_id,
        at: message.at,
        text: message.text.clone(),
        items,
        likely: understanding.likely,
        attachments: message.attachments.clone(),
        edited,
        goes_on,
        passed_on: false,
    };
    match understanding.intent {
        item::Intent::Report | item::Intent::Extension | item::Intent::Transfer | item::Intent::Defer => {
            let mut items = understanding.told();
            if !message.attachments.is_empty() {
                items.iter_mut().filter(|item| item.names_a_file()).for_each(|item| item.status = None);
            }
            Intent::Reporting(reporting::Wanted::Report(statement(items)))
        }
        item::Intent::Withdraw if goes_on && !edited => Intent::Nothing,
        item::Intent::Withdraw => Intent::Reporting(reporting::Wanted::Undo {
            message_id: if edited { Some(message.message_id) } else { place.confirmed },
        }),
        // A picture is evidence even where its caption says nothing.
        item::Intent::Unclear | item::Intent::Chatter | item::Intent::Read if !message.attachments.is_empty() => {
            let item = match (understanding.unclear.as_slice(), named.as_slice()) {
                ([said], _) if said.task.is_some() => {
                    Item { task: said.task.clone(), plan: said.plan.clone(), ..Item::default() }
                }
                (_, [only]) => Item { task: Some(only.number.clone()), ..Item::default() },
                _ => Item::default(),
            };
            Intent::Reporting(reporting::Wanted::Report(statement(vec![item])))
        }
        item::Intent::Read | item::Intent::Chatter if edited => Intent::Reporting(reporting::Wanted::EditedAway),
        item::Intent::Read if !goes_on => {
            Intent::Receipts(receipts::Wanted::Read { message_id: message.message_id, at: message.at })
        }
        item::Intent::Read | item::Intent::Chatter => Intent::Nothing,
        item::Intent::Query => {
            let statement = statement(understanding.unclear);
            Intent::Questions(questions::Wanted::Ask { query: understanding.query, statement })
        }
        item::Intent::Unclear | item::Intent::Order => {
            Intent::Reporting(reporting::Wanted::Unclear(statement(understanding.unclear)))
        }
    }
}
