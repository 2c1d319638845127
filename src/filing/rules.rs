//! Papers are for coordinators.

use crate::briefing::Meeting;
use crate::briefing::sentences::Briefing;
use crate::chat::refusals;
use crate::chat::words::Words;
use crate::deciding::case::Case;
use crate::deciding::decision::Decision;
use crate::filing::{Wanted, bulletin};
use crate::intent::paper::{Paper, Sheet};
use crate::office::figures;
use crate::questions::sentences;
use crate::{filing, plans};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::Paper(wanted) => paper(case, *wanted),
        Wanted::PaperOf { sheet, plan } => paper_of(case, *sheet, plan),
        Wanted::Bulletin(wanted) => bulletin(case, wanted),
        Wanted::Brief => brief(case),
    }
}

/// A file, for coordinators only.
pub fn paper(case: &Case<'_>, paper: Paper) -> Decision {
    if !case.place.is_for_coordinators() {
        return case.answer("a paper across units", refusals::ask_privately());
    }
    Decision { paper: Some(paper), ..Decision::nothing("a coordinator wants a paper") }
}

/// The same of the plan that is named; where only one is open, of that.
pub fn paper_of(case: &Case<'_>, sheet: Sheet, plan: &str) -> Decision {
    if !case.place.is_for_coordinators() {
        return case.answer("a paper across units", refusals::ask_privately());
    }
    match case.facts.numbered.called(plan) {
        Ok(plan) => paper(case, Paper::OfPlan { sheet, plan: plan.id }),
        Err(why) => {
            let command = match sheet {
                Sheet::Workbook => "/export",
                Sheet::Board => "/board",
                Sheet::Timeline => "/timeline",
            };
            case.answer("which plan", plans::sentences::unclear(&why, "", command))
        }
    }
}

/// What coordinators bring to their meeting, as things stand now.
pub fn brief(case: &Case<'_>) -> Decision {
    let Some(since) = case.facts.since.as_ref().filter(|_| case.place.is_for_coordinators()) else {
        return case.answer("a question across units", refusals::ask_privately());
    };
    let figures = &figures::of(&case.facts.duties, &case.facts.unassigned, case.moment);
    let briefing = Briefing {
        meeting: Meeting { figures, since },
        office: case.facts.office.as_deref(),
        weekly: false,
        made_up_for: false,
        only_weekends: None,
    };
    Decision::answer("a briefing", case.answers, briefing.words())
}

/// The bulletin of the plan that is named, or of all: a draft, or the one that is issued and takes its number.
pub fn bulletin(case: &Case<'_>, wanted: &bulletin::Wanted) -> Decision {
    let issue = wanted.issue;
    let chosen = |words: &String| case.facts.numbered.called(words).map(|plan| plan.id);
    let plan = wanted.plan.as_ref().map(chosen).transpose();
    match plan {
        _ if !case.place.is_for_coordinators() => paper(case, Paper::Bulletin),
        Err(why) => case.answer("which plan", plans::sentences::unclear(&why, "", "/bulletin")),
        Ok(_) if wanted.is_issued && !case.place.speaker_is_coordinator() => {
            case.answer("may not issue", Words::plain(refusals::ONLY_COORDINATORS))
        }
        Ok(_)
            if wanted.is_issued
                && let Some((issued, issue)) = case.facts.filing.issued.as_ref().zip(issue) =>
        {
            let words = sentences::coordinator::issued_before(issue, issued, case.moment);
            case.answer("that number was issued", words)
        }
        Ok(plan) if wanted.is_issued => {
            let issue = issue.or(case.facts.filing.next_issue).unwrap_or(1);
            let words = sentences::coordinator::issued(issue);
            let decision =
                case.answer("a bulletin is issued", words).with(filing::Change::IssueBulletin { plan, issue });
            Decision { paper: Some(Paper::BulletinOf { plan, issue: Some(issue) }), ..decision }
        }
        Ok(None) if issue.is_none() => paper(case, Paper::Bulletin),
        Ok(plan) => paper(case, Paper::BulletinOf { plan, issue }),
    }
}
