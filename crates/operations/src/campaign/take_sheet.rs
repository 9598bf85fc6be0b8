//! Taking a list out: who may be called or written to today, and why. The gate is asked about
//! everybody, and what is handed out with the notices of a letter counts as written.

use std::collections::HashSet;

use jiff::civil::Date;
use law::gate::{Duty, Verdict};
use law::{Channel, Lang};
use serde_json::json;
use store::{Id, Tx};

use super::draft::{Campaign, CampaignFault, CampaignState};
use super::letter::{self, Judged};
use super::parts::Way;
use super::placeholder;
use super::send::informed;
use super::sheet::{PostLetter, Sheet, SheetForm, SheetRow};
use crate::browse;
use crate::call::Opening;
use crate::consent_use::{self, By};
use crate::contact::Fields;
use crate::dossier::Question;
use crate::log::append::{self, Kind};
use crate::person::{Kept, Person, open_text};
use crate::{Act, Error, Organisation};

/// People looked at in one transaction.
const AT_ONCE: u32 = 1000;
/// People on one paper: setting more takes longer than somebody waits for a page.
const MOST_ON_PAPER: i64 = 500;

impl Organisation {
    /// Makes the list of a campaign by telephone or post that is ready, to be taken out in a form: the
    /// gate is asked about each of its people now, and the evidence keeps how many came of it. Letters,
    /// and a table of them, carry their notices, so whoever is on it counts as written to and, with the
    /// notice of GDPR Art. 14 in it, as informed. Taken out again on behalf of the same campaign, the
    /// letter has that notice again.
    ///
    /// # Errors
    /// [`CampaignFault::State`] when it is not ready, or goes by mail; for papers
    /// [`CampaignFault::TooMany`], for letters [`CampaignFault::NoText`].
    pub fn campaign_sheet(
        &self,
        id: Id,
        form: SheetForm,
        lang: Lang,
        act: &Act,
    ) -> Result<Sheet, Error> {
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let campaign = Campaign::load_to_change(tx, &this, id)?;
            check(tx, &this, &campaign, form)?;
            let register = this.register(tx)?;
            let question = campaign.question(&register)?;
            let told = store::campaign::done_with(tx, this.id(), id)?;
            let mut taken = Taken {
                this: &this,
                campaign: &campaign,
                question: &question,
                told: told.into_iter().collect(),
                goes_out: question.channel == Channel::Post && form != SheetForm::List,
                informed: 0,
                sheet: Sheet {
                    campaign: campaign.draft.name.clone(),
                    channel: question.channel,
                    on: act.today,
                    sender: sender(&register.register),
                    rows: Vec::new(),
                    left_out: 0,
                },
            };
            let mut after = None;
            loop {
                let ids = store::campaign::recipients(tx, this.id(), id, after, AT_ONCE)?;
                let Some(last) = ids.last() else {
                    break;
                };
                after = Some(*last);
                for contact in ids {
                    taken.add(tx, contact, lang, &act)?;
                }
            }
            let Taken {
                sheet, informed, ..
            } = taken;
            let what = json!({
                "campaign": id.to_string(),
                "channel": question.channel,
                "form": form.name(),
                "people": sheet.rows.len(),
                "left_out": sheet.left_out,
                "informed": informed,
                "valid_on": act.today,
                "register_version": register.version,
            });
            append::clear(tx, &this, &act, Kind::CampaignListed, what)?;
            Ok(sheet)
        })
    }
}

fn check(
    tx: &mut Tx<'_>,
    this: &Organisation,
    campaign: &Campaign,
    form: SheetForm,
) -> Result<(), Error> {
    let channel = campaign.draft.channel;
    let fits = match form {
        SheetForm::Letters => channel == Channel::Post,
        SheetForm::Csv | SheetForm::List => [Channel::Phone, Channel::Post].contains(&channel),
    };
    if !fits || campaign.state != CampaignState::Ready {
        return Err(CampaignFault::State.into());
    }
    let people = store::campaign::count(tx, this.id(), campaign.id)?;
    if form != SheetForm::Csv && people > MOST_ON_PAPER {
        return Err(CampaignFault::TooMany.into());
    }
    if form != SheetForm::Letters {
        return Ok(());
    }
    let texts = [&campaign.draft.german, &campaign.draft.english];
    let written: Vec<_> = texts.into_iter().flatten().collect();
    if written.is_empty() || written.iter().any(|text| text.text.trim().is_empty()) {
        return Err(CampaignFault::NoText.into());
    }
    Ok(())
}

/// A list that is being made.
struct Taken<'a> {
    this: &'a Organisation,
    campaign: &'a Campaign,
    question: &'a Question<'a>,
    /// Whom a letter of this campaign was for before.
    told: HashSet<Id>,
    /// Whether what is taken out is sent.
    goes_out: bool,
    informed: u64,
    sheet: Sheet,
}

impl Taken<'_> {
    fn add(&mut self, tx: &mut Tx<'_>, id: Id, lang: Lang, act: &Act) -> Result<(), Error> {
        let mut judged = letter::judge(tx, self.this, self.question, id, act.today)?;
        let permitted = judged.decision.verdict() == Verdict::Permitted;
        if !permitted || !judged.dossier.has_address_for(self.question.channel) {
            self.sheet.left_out += 1;
            return Ok(());
        }
        let written = if self.question.channel == Channel::Post {
            let kept = judged.person.kept(self.this)?;
            let Some(letter) = self.letter(&judged, &kept, act.today) else {
                // A duty can't be met.
                self.sheet.left_out += 1;
                return Ok(());
            };
            Some(letter)
        } else {
            None
        };
        let told = written
            .iter()
            .flat_map(|letter| &letter.parts)
            .any(|part| part.name == "source");
        let for_whom = (self.campaign, self.question);
        let row = row(self.this, for_whom, &judged, written, act.today, lang)?;
        self.sheet.rows.push(row);
        if self.goes_out {
            self.goes_out_to(tx, id, &mut judged, told, act)?;
        }
        Ok(())
    }

    fn letter(&self, judged: &Judged, kept: &Kept, on: Date) -> Option<PostLetter> {
        let (this, person) = (self.this, &judged.person);
        let address = this.installation().address();
        let link = address.map(|address| letter::link(this, person.row.id, address));
        // Who was informed by a letter of this campaign is so by this one: the same letter again.
        let again = self.told.contains(&person.row.id)
            && judged
                .decision
                .duties()
                .all(|duty| duty != Duty::SourceNotice);
        let more: &[Duty] = if again { &[Duty::SourceNotice] } else { &[] };
        let way = Way::Post(link.as_deref());
        let for_whom = (self.campaign, self.question);
        let said = letter::say(this, for_whom, (judged, kept), way, more, on).ok()?;
        let own = &self.question.register.register.organisation.country;
        let abroad = person.row.country != own.to_string();
        let company = kept.fields.company.clone();
        let who = Some(name(&kept.fields)).filter(|name| !name.is_empty());
        let to = company.into_iter().chain(who);
        Some(PostLetter {
            lang: said.lang,
            to: to.chain(browse::address(&kept.fields)).collect(),
            country: abroad.then(|| person.row.country.clone()),
            subject: said.subject,
            parts: said.parts,
        })
    }

    fn goes_out_to(
        &mut self,
        tx: &mut Tx<'_>,
        id: Id,
        judged: &mut Judged,
        told: bool,
        act: &Act,
    ) -> Result<(), Error> {
        let this = self.this;
        judged.person = Person::load_to_change(tx, this, judged.person.row.id)?;
        informed(tx, this, &mut judged.person, told, act)?;
        let consent = &self.question.activity.id;
        let consent = consent_use::relied_on(&judged.dossier, &judged.decision, consent);
        if let Some(consent) = consent {
            let by = By::Campaign(self.campaign.id);
            consent_use::note(tx, this, &judged.person, consent, by, act)?;
        }
        if told {
            self.informed += 1;
            store::campaign::done(tx, this.id(), self.campaign.id, id)?;
        }
        Ok(())
    }
}

fn name(fields: &Fields) -> String {
    let name = [&fields.title, &fields.given_name, &fields.family_name];
    let name: Vec<&str> = name.into_iter().flatten().map(String::as_str).collect();
    name.join(" ")
}

/// Who writes, and how to reach them.
fn sender(register: &register::Register) -> Vec<String> {
    let own = &register.organisation;
    let town = [&own.postal_code, &own.city];
    let town: Vec<&str> = town.into_iter().flatten().map(String::as_str).collect();
    let town = (!town.is_empty()).then(|| town.join(" "));
    let lines = [Some(own.name.clone()), own.street.clone(), town];
    lines
        .into_iter()
        .chain([own.email.clone(), own.phone.clone()])
        .flatten()
        .collect()
}

fn row(
    this: &Organisation,
    (campaign, question): (&Campaign, &Question<'_>),
    judged: &Judged,
    letter: Option<PostLetter>,
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
        let lang = letter.as_ref().map_or(lang, |letter| letter.lang);
        placeholder::fill("{Anrede}", &fields, lang)
    };
    Ok(SheetRow {
        name: name(&fields),
        company: fields.company.clone().unwrap_or_default(),
        reach,
        basis: format!("{} ({})", view.channel_law.reason, cited.join(", ")),
        circumstance,
        opening,
        letter,
    })
}
