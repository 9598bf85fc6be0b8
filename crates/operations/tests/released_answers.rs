//! Answers to who asked for access: released, fetched by a link, handed over, taken back and gone. On both
//! databases. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use jiff::SignedDuration;
use law::Lang;
use operations::access_answer::{
    AccessAnswer, AnswerFile, AnswerFiles, AnswerInForce, Cuts, LASTS_DAYS, MOST_DOWNLOADS,
    Release, ReleaseFault,
};
use operations::mail::{MailPurpose, Outgoing, Pace};
use operations::merge::{MergeChoices, MergeSide};
use operations::preferences::PERSON;
use operations::request::{Identity, Intake, NewRequest, RequestKind, Whom};
use operations::{Act, Correctable, Error, Installation, Organisation, OrganisationId};
use store::testing::{Database, on_each_engine};
use support::{TODAY, act, contact, import, organisation};

const LIST: &[u8] = "Vorname;Nachname;E-Mail;Telefon;Straße;PLZ;Ort;Bemerkung\n\
    Anna;Abel;anna@muster.example;0641 123456;Ahornweg 1;35390;Gießen;Kollegin von Berta Brandmeier\n\
    Berta;Brandmeier;berta@muster.example;0641 999999;Buchenallee 77;35390;Gießen;\n\
    Carla;Ceder;;0641 777777;Cederweg 3;35390;Gießen;\n"
    .as_bytes();
const ANNA: &str = "anna@muster.example";
const BERTA: &str = "berta@muster.example";
const CARLA: &str = "+49 641 777777";

fn office(database: &Database) -> (Installation, Organisation) {
    let organisation = organisation(database);
    import(&organisation, LIST);
    let here = support::installation(database);
    here.reached_at("https://leitplanke.example");
    // The one that was opened with the organisation knows no address.
    let organisation = Organisation::by_id(&here, organisation.id()).unwrap();
    (here, organisation)
}

fn id(this: &Organisation, who: &str) -> OrganisationId {
    let line = this.contact_line(&contact(who)).unwrap();
    line.id.parse().unwrap()
}

fn hours_later(hours: i64) -> Act {
    Act {
        at: act().at + SignedDuration::from_hours(hours),
        ..act()
    }
}

fn person() -> Act {
    Act {
        by: PERSON.to_owned(),
        ..act()
    }
}

/// Every file names whom it is about.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the writers of real files can fail"
)]
fn files(answer: &AccessAnswer) -> Result<AnswerFiles, Error> {
    let json = serde_json::to_vec(answer).unwrap();
    Ok(AnswerFiles {
        pdf: [b"%PDF ", json.as_slice()].concat(),
        csv: [b"csv ", json.as_slice()].concat(),
        json,
    })
}

fn seen(this: &Organisation, who: &str) -> String {
    let answer = this.access_answer(&contact(who), &Cuts::default(), Lang::De, &act());
    answer.unwrap().digest().unwrap()
}

fn release(this: &Organisation, who: &str, by_mail: bool, replace: bool) -> Result<i64, Error> {
    let wish = Release {
        by_mail,
        seen: seen(this, who),
        replace,
    };
    let told = (&Cuts::default(), Lang::De);
    this.release_answer(&contact(who), told, &wish, files, &act())
}

fn next(here: &Installation) -> Option<Outgoing> {
    let pace = Pace {
        per_domain: SignedDuration::from_secs(2),
        lease: SignedDuration::from_secs(60),
    };
    here.next_message(&pace, &act()).unwrap()
}

/// The token of the link in the mail that goes out next.
fn token(here: &Installation) -> String {
    let mail = next(here).unwrap();
    let mut lines = mail.letter.text.lines();
    let link = lines.find(|line| line.contains("/answer/")).unwrap();
    link.rsplit('/').next().unwrap().to_owned()
}

fn in_force(this: &Organisation, who: &str) -> Option<AnswerInForce> {
    this.answer_in_force(&contact(who), act().at).unwrap()
}

fn kinds(this: &Organisation, who: &str) -> Vec<String> {
    let view = this.contact_view(&contact(who), TODAY, Lang::De).unwrap();
    let kinds = view.events.iter().map(|event| event.kind.clone());
    let mut kinds: Vec<_> = kinds
        .filter(|kind| kind.starts_with("access_answer"))
        .collect();
    kinds.reverse();
    kinds
}

fn merge(this: &Organisation, kept: &str, other: &str) {
    let (kept, other) = (id(this, kept), id(this, other));
    let view = this.merge_view(kept, other).unwrap();
    let fields = view.fields.iter();
    let choices: MergeChoices = fields.map(|row| (row.field, MergeSide::Kept)).collect();
    this.merge_contacts(kept, other, &choices, view.seen, &act())
        .unwrap();
}

/// How many answers are kept.
fn rows(database: &Database) -> u64 {
    database.execute("UPDATE released_answer SET downloads = downloads")
}

fn sound(this: &Organisation) {
    this.sequence(act().at).unwrap();
    assert_eq!(this.verify().unwrap().faults, []);
}

#[test]
fn a_link_is_mailed_and_opens_what_was_released_and_nothing_else() {
    on_each_engine(|database| {
        let (here, this) = office(database);
        release(&this, ANNA, true, false).unwrap();
        let mail = next(&here).unwrap();
        assert_eq!((mail.purpose, &*mail.letter.to), (MailPurpose::Link, ANNA));
        let text = &mail.letter.text;
        assert!(text.starts_with("Guten Tag Anna Abel,"), "{text}");
        for kept_back in ["Ahornweg", "123456", "Gießen", "Brandmeier", ANNA] {
            assert!(!text.contains(kept_back), "{text}");
        }
        let link = text.lines().find(|line| line.contains("/answer/")).unwrap();
        let token = link.rsplit('/').next().unwrap();
        let offer = here.offered_answer(token, act().at).unwrap().unwrap();
        assert_eq!((offer.organisation, offer.left()), (this.id(), 5));
        // Looking uses nothing up.
        assert_eq!(
            here.offered_answer(token, act().at).unwrap(),
            Some(offer.clone())
        );
        for file in AnswerFile::ALL {
            let fetched = here.fetch_answer(token, file, &person()).unwrap().unwrap();
            let text = String::from_utf8(fetched.bytes).unwrap();
            assert!(text.contains("Ahornweg 1"), "{file:?}");
            for other in ["Berta", "Brandmeier", "999999", "Buchenallee"] {
                assert!(!text.contains(other), "{other} in {file:?}");
            }
        }
        assert_eq!(in_force(&this, ANNA).unwrap().downloads, 3);
        assert!(here.offered_answer("wrong", act().at).unwrap().is_none());
        let wrong = here.fetch_answer("wrong", AnswerFile::Pdf, &person());
        assert!(wrong.unwrap().is_none());
        // Somebody else's page of their own data does not have it.
        let berta = id(&this, BERTA);
        assert_eq!(this.own_answer(berta, act().at).unwrap(), None);
        let own = this.own_answer(id(&this, ANNA), act().at).unwrap().unwrap();
        assert_eq!(own.left(), 2);
        sound(&this);
    });
}

#[test]
fn what_was_released_stays_as_it_was_when_the_data_change() {
    on_each_engine(|database| {
        let (here, this) = office(database);
        release(&this, ANNA, true, false).unwrap();
        let token = token(&here);
        let (now, changed_at) = this.correctable(&contact(ANNA)).unwrap();
        let mut fields = now.fields.clone();
        fields.street = Some("Eichenweg 9".to_owned());
        let new = Correctable { fields, ..now };
        this.correct_contact(&contact(ANNA), &new, changed_at, &act())
            .unwrap();
        let fetched = here.fetch_answer(&token, AnswerFile::Json, &person());
        let text = String::from_utf8(fetched.unwrap().unwrap().bytes).unwrap();
        assert!(text.contains("Ahornweg 1") && !text.contains("Eichenweg"));
        sound(&this);
    });
}

#[test]
fn only_what_was_looked_at_is_released() {
    on_each_engine(|database| {
        let (_, this) = office(database);
        let seen = seen(&this, ANNA);
        let wish = Release {
            by_mail: false,
            seen,
            replace: false,
        };
        let more = Cuts {
            further: vec!["Kollegin".to_owned()],
            ..Cuts::default()
        };
        let other = this.release_answer(&contact(ANNA), (&more, Lang::De), &wish, files, &act());
        assert!(matches!(other, Err(Error::Release(ReleaseFault::Changed))));
        support::objection(&this, ANNA);
        let told = (&Cuts::default(), Lang::De);
        let stale = this.release_answer(&contact(ANNA), told, &wish, files, &act());
        assert!(matches!(stale, Err(Error::Release(ReleaseFault::Changed))));
        assert_eq!((in_force(&this, ANNA), kinds(&this, ANNA)), (None, vec![]));
    });
}

#[test]
fn one_is_in_force_and_a_newer_one_takes_its_place_when_that_is_confirmed() {
    on_each_engine(|database| {
        let (here, this) = office(database);
        release(&this, ANNA, true, false).unwrap();
        let old = token(&here);
        let again = release(&this, ANNA, false, false);
        assert!(matches!(again, Err(Error::Release(ReleaseFault::InForce))));
        assert!(here.offered_answer(&old, act().at).unwrap().is_some());
        release(&this, ANNA, false, true).unwrap();
        assert!(here.offered_answer(&old, act().at).unwrap().is_none());
        assert!(!in_force(&this, ANNA).unwrap().by_mail);
        sound(&this);
    });
}

#[test]
fn it_ends_with_its_time_with_the_last_download_and_when_it_is_taken_back() {
    on_each_engine(|database| {
        let (here, this) = office(database);
        // Its time.
        release(&this, ANNA, true, false).unwrap();
        let first = token(&here);
        let over = hours_later(24 * LASTS_DAYS);
        assert!(here.offered_answer(&first, over.at).unwrap().is_none());
        let late = here.fetch_answer(&first, AnswerFile::Pdf, &over).unwrap();
        assert!(late.is_none());
        assert_eq!(
            this.tidy_answers(&hours_later(24 * LASTS_DAYS - 1))
                .unwrap(),
            0
        );
        assert_eq!(this.tidy_answers(&over).unwrap(), 1);
        assert_eq!(this.tidy_answers(&over).unwrap(), 0);
        // The last download.
        release(&this, ANNA, true, false).unwrap();
        let anna = id(&this, ANNA);
        for _ in 0..MOST_DOWNLOADS {
            let fetched = this.fetch_own_answer(anna, AnswerFile::Csv, &person());
            assert!(fetched.unwrap().is_some());
        }
        let more = this.fetch_own_answer(anna, AnswerFile::Csv, &person());
        assert!(more.unwrap().is_none());
        assert_eq!(in_force(&this, ANNA), None);
        // Taken back.
        release(&this, ANNA, false, false).unwrap();
        let answer = in_force(&this, ANNA).unwrap();
        let foreign = this.revoke_answer(&contact(BERTA), answer.id, &act());
        assert!(matches!(foreign, Err(Error::Release(ReleaseFault::Ended))));
        this.revoke_answer(&contact(ANNA), answer.id, &act())
            .unwrap();
        let twice = this.revoke_answer(&contact(ANNA), answer.id, &act());
        assert!(matches!(twice, Err(Error::Release(ReleaseFault::Ended))));
        assert_eq!(rows(database), 0);
        let kinds = kinds(&this, ANNA);
        let of = |kind: &str| kinds.iter().filter(|one| *one == kind).count();
        assert_eq!(of("access_answer.released"), 3);
        assert_eq!(of("access_answer.fetched"), 5);
        assert_eq!(of("access_answer.ended"), 3);
        sound(&this);
    });
}

#[test]
fn without_an_address_it_is_handed_over_and_the_evidence_says_so() {
    on_each_engine(|database| {
        let (here, this) = office(database);
        let mailed = release(&this, CARLA, true, false);
        assert!(matches!(mailed, Err(Error::Release(ReleaseFault::NoMail))));
        assert_eq!(in_force(&this, CARLA), None);
        release(&this, CARLA, false, false).unwrap();
        assert!(next(&here).is_none());
        let answer = in_force(&this, CARLA).unwrap();
        let (lang, bytes) = this
            .hand_out_answer(&contact(CARLA), answer.id, AnswerFile::Pdf, &act())
            .unwrap();
        assert_eq!(lang, Lang::De);
        assert!(bytes.starts_with(b"%PDF"));
        assert_eq!(
            kinds(&this, CARLA),
            ["access_answer.released", "access_answer.handed_out"]
        );
        // What is handed over does not count as fetched.
        assert_eq!(in_force(&this, CARLA), Some(answer));
        sound(&this);
    });
}

#[test]
fn a_request_for_access_is_fulfilled_by_it() {
    on_each_engine(|database| {
        let (_, this) = office(database);
        let new = NewRequest {
            whom: Whom::Contact(contact(ANNA)),
            kind: RequestKind::Access,
            intake: Intake::Letter,
            received_on: TODAY,
            text: "Bitte alles.".to_owned(),
            identity: Identity::NotNeeded,
            lang: Lang::De,
        };
        this.receive_request(&new, &act()).unwrap();
        let request = this.request_for_answer(&contact(ANNA)).unwrap().unwrap();
        let done = || this.request_view(request, TODAY).unwrap().done;
        assert_eq!(done(), None);
        release(&this, ANNA, true, false).unwrap();
        assert_eq!(done(), Some(true));
        let view = this.request_view(request, TODAY).unwrap();
        let released = |kind: &str| kind == "access_answer.released";
        assert!(view.events.iter().any(|event| released(&event.kind)));
        assert_eq!(this.request_for_answer(&contact(BERTA)).unwrap(), None);
    });
}

#[test]
fn an_answer_moves_with_a_merged_contact_and_goes_with_an_erased_one() {
    on_each_engine(|database| {
        let (here, this) = office(database);
        release(&this, BERTA, true, false).unwrap();
        let berta = token(&here);
        merge(&this, ANNA, BERTA);
        sound(&this);
        let fetched = here.fetch_answer(&berta, AnswerFile::Json, &person());
        let text = String::from_utf8(fetched.unwrap().unwrap().bytes).unwrap();
        assert!(text.contains("Buchenallee 77") && !text.contains("Ahornweg"));
        assert_eq!(in_force(&this, ANNA).unwrap().downloads, 1);
        // One of two ends when both contacts have one.
        release(&this, CARLA, false, false).unwrap();
        merge(&this, ANNA, CARLA);
        assert_eq!(rows(database), 1);
        sound(&this);
        this.erase(&contact(ANNA), &act()).unwrap();
        assert!(here.offered_answer(&berta, act().at).unwrap().is_none());
        let gone = here.fetch_answer(&berta, AnswerFile::Pdf, &person());
        assert!(gone.unwrap().is_none());
        assert_eq!(rows(database), 0);
        sound(&this);
    });
}

#[test]
fn a_row_that_was_changed_in_the_database_opens_nothing_and_is_found() {
    for change in [
        "UPDATE released_answer SET downloads = 0",
        "UPDATE released_answer SET expires_at = expires_at + 864000000",
        "UPDATE released_answer SET json = pdf",
    ] {
        on_each_engine(|database| {
            let (here, this) = office(database);
            release(&this, ANNA, true, false).unwrap();
            let token = token(&here);
            let fetched = here.fetch_answer(&token, AnswerFile::Pdf, &person());
            assert!(fetched.unwrap().is_some());
            sound(&this);
            database.execute(change);
            assert!(
                here.offered_answer(&token, act().at).unwrap().is_none(),
                "{change}"
            );
            let fetched = here.fetch_answer(&token, AnswerFile::Pdf, &person());
            assert!(fetched.unwrap().is_none());
            let faults = this.verify().unwrap().faults;
            assert!(
                faults
                    .iter()
                    .any(|fault| fault.what.contains("released answer")),
                "{faults:?}"
            );
        });
    }
}
