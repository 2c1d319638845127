//! `duban export FILE.zip`: the files that reports came with, as far as they are kept or Telegram still gives them, and a
//! list of all of them.

use std::collections::HashMap;
use std::io::{Seek, Write};
use std::time::Duration;

use anyhow::{Context, Result};
use chrono::{Datelike, NaiveDateTime, Timelike};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::cli::variable;
use crate::config::Token;
use crate::evidence::fetching::{digest, failure};
use crate::evidence::list::{Agreement, List, NAME, Packed, path};
use crate::evidence::rules::Failure;
use crate::evidence::{Digest, Exhibit, rows};
use crate::log;
use crate::network::Network;
use crate::office::ids::PlanId;
use crate::office::moment::Moment;
use crate::store::Tx;
use crate::telegram::Telegram;
use crate::telegram::fault::Fault;

/// After so many in a row Telegram is not asked any more.
const MOST_UNREACHED: u32 = 3;
/// How long a wish of Telegram for a rest is heeded here.
const LONGEST_REST: Duration = Duration::from_secs(60);

/// What an archive holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Archived {
    pub files: usize,
    /// Those of the files that are only on the list.
    pub left_out: usize,
}

/// Writes the archive of all reports and answers to inspections, or of those on one plan.
pub async fn write(
    tx: &mut Tx,
    plan: Option<PlanId>,
    moment: Moment,
    file: &mut (impl Write + Seek),
) -> Result<Archived> {
    let (zip, source) = (ZipWriter::new(file), Source::of_environment());
    let (list, packed, archived) = (List::default(), HashMap::new(), Archived::default());
    let mut archive = Archive { zip, source, list, packed, archived };
    let mut last = 0;
    loop {
        let exhibits = rows::exhibits(tx, plan, last, moment.zone).await?;
        let Some(end) = exhibits.last() else { break };
        last = end.id;
        archive.add(tx, &exhibits).await?;
    }
    let exhibits = rows::exhibits_of_answers(tx, plan, moment.zone).await?;
    archive.add(tx, &exhibits).await?;
    let Archive { mut zip, list, archived, .. } = archive;
    zip.start_file(NAME, options(moment.now.with_timezone(&moment.zone).naive_local()))?;
    zip.write_all(list.finish().as_bytes())?;
    zip.finish().context("压缩包未能写完")?;
    Ok(archived)
}

/// The archive while it is written.
struct Archive<W: Write + Seek> {
    zip: ZipWriter<W>,
    source: Source,
    list: List,
    /// A file of several reports stands in the archive once.
    packed: HashMap<String, Packed>,
    archived: Archived,
}

impl<W: Write + Seek> Archive<W> {
    async fn add(&mut self, tx: &mut Tx, exhibits: &[Exhibit]) -> Result<()> {
        for exhibit in exhibits {
            let one = match self.packed.get(&exhibit.file_id) {
                Some(before) => before.clone(),
                None => {
                    let one = pack(tx, &mut self.zip, &mut self.source, exhibit).await?;
                    self.packed.insert(exhibit.file_id.clone(), one.clone());
                    one
                }
            };
            self.archived.files += 1;
            self.archived.left_out += usize::from(matches!(one, Packed::Out(_)));
            self.list.add(exhibit, &one);
        }
        Ok(())
    }
}

async fn pack(
    tx: &mut Tx,
    zip: &mut ZipWriter<impl Write + Seek>,
    source: &mut Source,
    exhibit: &Exhibit,
) -> Result<Packed> {
    let kept = match &exhibit.digest {
        Some(digest) if exhibit.kept => rows::bytes_of(tx, digest).await?.map(|bytes| (bytes, digest.clone())),
        _ => None,
    };
    let (bytes, found) = match kept {
        Some(kept) => kept,
        None => match source.fetch(exhibit).await {
            Ok(fetched) => fetched,
            Err(why) => return Ok(Packed::Out(why)),
        },
    };
    let agreement = match &exhibit.digest {
        Some(noted) if *noted == found => Agreement::Same,
        Some(_) => Agreement::Other,
        None => Agreement::Unknown,
    };
    let path = path(exhibit);
    zip.start_file(path.as_str(), options(exhibit.reported_at))?;
    zip.write_all(&bytes)?;
    Ok(Packed::In { path, digest: found, agreement })
}

fn options(at: NaiveDateTime) -> SimpleFileOptions {
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or_default();
    let (date, time) = ((part(at.month()), part(at.day())), (part(at.hour()), part(at.minute()), part(at.second())));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    match zip::DateTime::from_date_and_time(year, date.0, date.1, time.0, time.1, time.2) {
        Ok(at) => options.last_modified_time(at),
        // An archive knows no time before 1980.
        Err(_) => options,
    }
}

/// Where files that are not kept come from.
enum Source {
    /// Telegram, which was not reached so many times in a row.
    Telegram { telegram: Box<Telegram>, unreached: u32 },
    /// Nowhere, because …
    None(&'static str),
}

impl Source {
    /// Telegram, where the environment says how; an archive is made without it, too.
    fn of_environment() -> Source {
        let Ok(token) = Token::from_environment(variable) else {
            return Source::None("未留存；没有令牌，未向 Telegram 取（见 TELOXIDE_TOKEN）");
        };
        log::keep_out(token.secret());
        let telegram = Network::from_environment(variable).map(|network| Telegram::new(token.secret(), &network));
        match telegram {
            Ok(Ok(telegram)) => Source::Telegram { telegram: Box::new(telegram), unreached: 0 },
            _ => Source::None("未留存；网络设置有误，未向 Telegram 取（见 duban doctor）"),
        }
    }

    /// A file's bytes, or why there are none.
    async fn fetch(&mut self, exhibit: &Exhibit) -> Result<(Vec<u8>, Digest), String> {
        let (telegram, unreached) = match self {
            Source::Telegram { telegram, unreached } if *unreached < MOST_UNREACHED => (telegram, unreached),
            Source::Telegram { .. } => return Err(not_kept(exhibit, Failure::Unreached.label())),
            Source::None(why) => return Err((*why).to_owned()),
        };
        let mut fetched = telegram.download(&exhibit.file_id).await;
        if let Err(Fault::Wait(rest)) = fetched {
            tokio::time::sleep(rest.min(LONGEST_REST)).await;
            fetched = telegram.download(&exhibit.file_id).await;
        }
        match fetched {
            Ok(bytes) => {
                *unreached = 0;
                let digest = digest(&bytes);
                Ok((bytes, digest))
            }
            Err(fault) => {
                let failure = failure(&fault);
                *unreached = if failure == Failure::Unreached { *unreached + 1 } else { 0 };
                Err(not_kept(exhibit, failure.label()))
            }
        }
    }
}

fn not_kept(exhibit: &Exhibit, why: &str) -> String {
    match exhibit.kept {
        true => format!("留存的文件与校验值不符；{why}"),
        false => format!("未留存；{why}"),
    }
}
