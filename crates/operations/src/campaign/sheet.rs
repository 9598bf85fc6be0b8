//! Call lists and letter lists: who may be called or written to today, and why.

use jiff::civil::Date;
use law::{Channel, Lang};
use serde_json::json;
use store::Id;

use super::draft::{Campaign, CampaignFault, CampaignState};
use super::letter;
use super::placeholder;
use crate::browse;
use crate::call::Opening;
use crate::log::append::{self, Kind};
use crate::person::open_text;
use crate::spreadsheet::spreadsheet_cell;
use crate::{Act, Error, Organisation};

/// People looked at in one transaction.
const AT_ONCE: u32 = 1000;

/// A list that is valid for the day on which it was made.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Telephone or post.
    pub channel: Channel,
    /// The day for which it holds.
    pub on: Date,
    /// Who may be called or written to.
    pub rows: Vec<SheetRow>,
    /// How many of the campaign's people may not, or can't be reached.
    pub left_out: u64,
}

/// Somebody on a list.
#[derive(Clone, Debug)]
pub struct SheetRow {
    /// Title, given name and family name.
    pub name: String,
    /// The company.
    pub company: String,
    /// The number, or the postal address.
    pub reach: String,
    /// Why it is allowed, in words, with the provisions.
    pub basis: String,
    /// The circumstances that were noted for a call.
    pub circumstance: String,
    /// The sentence with which a call begins (BGB § 312a(1)), or how a letter begins.
    pub opening: String,
}

impl Sheet {
    /// The list as a CSV that spreadsheets read: semicolons, UTF-8 with a byte-order mark.
    ///
    /// # Errors
    /// When the list can't be written.
    pub fn csv(&self, lang: Lang) -> Result<Vec<u8>, Error> {
        let broken = |_| Error::Stored("list");
        let mut out = csv::WriterBuilder::new()
            .delimiter(b';')
            .from_writer(vec![0xef, 0xbb, 0xbf]);
        let reach = match (self.channel, lang) {
            (Channel::Post, Lang::De) => "Anschrift",
            (Channel::Post, Lang::En) => "Address",
            (_, Lang::De) => "Telefon",
            (_, Lang::En) => "Telephone",
        };
        let head = match lang {
            Lang::De => [
                "Name",
                "Firma",
                reach,
                "Rechtsgrundlage",
                "Umstand",
                "Eröffnung",
                "Gilt am",
            ],
            Lang::En => [
                "Name",
                "Company",
                reach,
                "Legal basis",
                "Circumstance",
                "Opening",
                "Valid on",
            ],
        };
        out.write_record(head).map_err(broken)?;
        let on = self.on.to_string();
        for row in &self.rows {
            let cells = [
                &row.name,
                &row.company,
                &row.reach,
                &row.basis,
                &row.circumstance,
                &row.opening,
                &on,
            ];
            out.write_record(cells.map(|cell| spreadsheet_cell(cell)))
                .map_err(broken)?;
        }
        out.into_inner().map_err(|_| Error::Stored("list"))
    }
}

impl Organisation {
    /// Makes the list of a campaign by telephone or post that is ready: the gate is asked about each
    /// of its people now, and the evidence keeps how many came of it.
    ///
    /// # Errors
    /// [`CampaignFault::State`] when it is not ready, or goes by mail.
    pub fn campaign_sheet(&self, id: Id, lang: Lang, act: &Act) -> Result<Sheet, Error> {
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let campaign = Campaign::load_to_change(tx, &this, id)?;
            let fits = [Channel::Phone, Channel::Post].contains(&campaign.draft.channel)
                && campaign.state == CampaignState::Ready;
            if !fits {
                return Err(CampaignFault::State.into());
            }
            let register = this.register(tx)?;
            let question = campaign.question(&register)?;
            let mut sheet = Sheet {
                channel: question.channel,
                on: act.today,
                rows: Vec::new(),
                left_out: 0,
            };
            let mut after = None;
            loop {
                let ids = store::campaign::recipients(tx, this.id(), id, after, AT_ONCE)?;
                let Some(last) = ids.last() else {
                    break;
                };
                after = Some(*last);
                for contact in ids {
                    let judged = letter::judge(tx, &this, &question, contact, act.today)?;
                    let permitted = judged.decision.verdict() == law::gate::Verdict::Permitted;
                    if !permitted || !judged.dossier.has_address_for(question.channel) {
                        sheet.left_out += 1;
                        continue;
                    }
                    sheet
                        .rows
                        .push(row(&this, &campaign, &question, &judged, act.today, lang)?);
                }
            }
            let what = json!({
                "campaign": id.to_string(),
                "channel": question.channel,
                "people": sheet.rows.len(),
                "left_out": sheet.left_out,
                "valid_on": act.today,
                "register_version": register.version,
            });
            append::clear(tx, &this, &act, Kind::CampaignListed, what)?;
            Ok(sheet)
        })
    }
}

fn row(
    this: &Organisation,
    campaign: &Campaign,
    question: &crate::dossier::Question<'_>,
    judged: &letter::Judged,
    on: Date,
    lang: Lang,
) -> Result<SheetRow, Error> {
    let fields = judged.person.fields(this)?;
    let view = judged.decision.view(on, lang);
    let mut cited: Vec<String> = Vec::new();
    for label in view
        .channel_law
        .citations
        .iter()
        .chain(&view.data_protection.citations)
    {
        let written = law::written_citation(label, lang);
        if !cited.contains(&written) {
            cited.push(written);
        }
    }
    let noted = judged.dossier.0.circumstances.iter();
    let noted = noted.filter(|row| row.purpose == question.activity.id);
    let circumstance = match noted.max_by_key(|row| row.noted_on) {
        Some(row) if question.channel == Channel::Phone => {
            open_text(&judged.person.key, row.id, &row.sealed)?
        }
        _ => String::new(),
    };
    let name = [&fields.title, &fields.given_name, &fields.family_name];
    let name: Vec<&str> = name.into_iter().flatten().map(String::as_str).collect();
    let reach = match question.channel {
        Channel::Post => browse::address(&fields).join(", "),
        _ => fields
            .phones
            .first()
            .map(|phone| phone.e164().to_owned())
            .unwrap_or_default(),
    };
    let opening = if question.channel == Channel::Phone {
        let said = campaign.draft.text(lang);
        let topic = said.map(|(text, lang)| placeholder::fill(&text.subject, &fields, lang));
        let opening = Opening {
            caller: None,
            organisation: this.name(),
            topic: topic
                .as_deref()
                .map(str::trim)
                .filter(|topic| !topic.is_empty()),
            basis: judged.decision.legal_basis(),
            has_circumstance: !circumstance.is_empty(),
        };
        opening.text(lang)
    } else {
        let country = &judged.person.row.country;
        let text = campaign.draft.text(fields.written_to_in(country));
        text.map(|(_, lang)| placeholder::fill("{Anrede}", &fields, lang))
            .unwrap_or_default()
    };
    Ok(SheetRow {
        name: name.join(" "),
        company: fields.company.clone().unwrap_or_default(),
        reach,
        basis: format!("{} ({})", view.channel_law.reason, cited.join(", ")),
        circumstance,
        opening,
    })
}
