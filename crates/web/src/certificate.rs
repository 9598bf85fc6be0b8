//! The certificate of an erasure in words: what the operation answers becomes what `papers` sets.

use jiff::{Timestamp, ZonedDateTime};
use law::{Lang, written_citations};
use operations::recipients::NoticeLine;
use operations::{ErasedBy, ErasureCertificate, ErasureReason, ErasureState};
use papers::{Erasure, Head, PaperError, Stated, ToldRecipient};

use crate::pages::recipients::words as notice;
use crate::pages::{actor, frame, number};
use crate::texts::Texts;

/// The certificate of an erasure, a PDF.
///
/// # Errors
/// When the typesetter refuses.
pub fn erasure(
    certificate: &ErasureCertificate,
    lang: Lang,
    now: &ZonedDateTime,
) -> Result<Vec<u8>, PaperError> {
    let writer = Writer {
        certificate,
        lang,
        texts: Texts(lang),
        now,
    };
    let suppressed = u64::try_from(certificate.suppressed).unwrap_or(u64::MAX);
    papers::erasure(&Erasure {
        head: writer.head(),
        waits: matches!(certificate.state, ErasureState::Waits(_)),
        done: writer.done(),
        suppressed: (suppressed > 0).then(|| writer.texts.n("certificate-suppressed", suppressed)),
        told: certificate
            .told
            .iter()
            .map(|line| writer.told(line))
            .collect(),
        proof: writer.proof(),
        checkpoint: certificate.log.checkpoint.clone(),
        key: certificate.log.key.clone(),
        check: format!(
            "leitplanke verify receipt-{}.json --key log.pub",
            certificate.entry
        ),
    })
}

struct Writer<'c> {
    certificate: &'c ErasureCertificate,
    lang: Lang,
    texts: Texts,
    now: &'c ZonedDateTime,
}

impl Writer<'_> {
    fn time(&self, at: Timestamp) -> String {
        number::time(at, self.now.time_zone(), self.lang)
    }

    fn stated(&self, label: &str, value: impl Into<String>) -> Stated {
        Stated {
            label: self.texts.t(label),
            value: value.into(),
        }
    }

    fn head(&self) -> Head {
        let controller = &self.certificate.controller;
        let reach = [&controller.email, &controller.phone];
        let reach = reach.into_iter().flatten().cloned();
        Head {
            lang: self.lang,
            organisation: controller.name.clone(),
            reach: controller.address.iter().cloned().chain(reach).collect(),
            made_at: self.now.timestamp(),
            made: self.time(self.now.timestamp()),
            hash: self
                .certificate
                .log
                .checkpoint
                .lines()
                .nth(2)
                .map(str::to_owned),
        }
    }

    fn done(&self) -> Vec<Stated> {
        let certificate = self.certificate;
        let what = match certificate.state {
            ErasureState::Done => self.texts.t("certificate-done"),
            ErasureState::DoneAgain => self.texts.t("certificate-again"),
            ErasureState::Waits(_) => self.texts.t("certificate-waits"),
        };
        let mut all = vec![
            self.stated("certificate-what", what),
            self.stated("certificate-when", self.time(certificate.at)),
        ];
        if let ErasureState::Waits(Some(until)) = certificate.state {
            all.push(self.stated("certificate-until", number::day(until, self.lang)));
        }
        all.push(self.stated("certificate-why", self.why()));
        let provision = written_citations(&certificate.provision, self.lang);
        all.push(self.stated("certificate-provision", provision));
        if let Some(day) = certificate.requested_on {
            let label = match certificate.reason {
                ErasureReason::Period { .. } => "certificate-due-on",
                _ => "certificate-requested-on",
            };
            all.push(self.stated(label, number::day(day, self.lang)));
        }
        all.push(self.stated("certificate-by", self.by()));
        let id = certificate.contact.map(|id| id.to_string());
        all.extend(id.map(|id| self.stated("certificate-identifier", id)));
        let pseudonym = certificate.pseudonym.clone();
        all.extend(pseudonym.map(|name| self.stated("certificate-pseudonym", name)));
        all
    }

    fn why(&self) -> String {
        match &self.certificate.reason {
            ErasureReason::Asked => self.texts.t("certificate-asked"),
            ErasureReason::Merged => self.texts.t("certificate-merged"),
            ErasureReason::Period {
                activity,
                anonymised,
            } => {
                let over = if activity.is_empty() {
                    self.texts.t("certificate-no-activity")
                } else {
                    self.texts.with("certificate-period", "activity", activity)
                };
                if *anonymised {
                    format!("{over}\n{}", self.texts.t("certificate-anonymised"))
                } else {
                    over
                }
            }
        }
    }

    fn by(&self) -> String {
        match &self.certificate.by {
            ErasedBy::Member(role) => frame::role(*role, self.lang),
            ErasedBy::FormerMember => self.texts.t("certificate-former-member"),
            ErasedBy::Other(actor) => actor::known(actor, self.lang)
                .unwrap_or_else(|| self.texts.t("certificate-elsewhere")),
        }
    }

    fn told(&self, line: &NoticeLine) -> ToldRecipient {
        let state = self.texts.t(notice::state_name(line.state, line.way));
        let at = line.answered_at.map(|at| self.time(at));
        ToldRecipient {
            name: line.name.clone().unwrap_or_else(|| line.recipient.clone()),
            way: self.texts.t(notice::way(line.way)),
            state: match at {
                Some(at) => format!("{state}, {at}"),
                None => state,
            },
        }
    }

    fn proof(&self) -> Vec<Stated> {
        let certificate = self.certificate;
        let mut all = vec![self.stated("certificate-entry", certificate.entry.to_string())];
        if let Some(index) = certificate.log.index {
            let (index, size) = (index.to_string(), certificate.log.size.to_string());
            let place = self.texts.with_all(
                "certificate-place-of",
                &[("place", &index), ("size", &size)],
            );
            all.push(self.stated("certificate-place", place));
        }
        if !certificate.merged.is_empty() {
            let entries: Vec<_> = certificate.merged.iter().map(i64::to_string).collect();
            all.push(self.stated("certificate-merged-entries", entries.join(", ")));
        }
        all
    }
}
