//! The journal is whole or nothing is restored, and what it says of holds and notices is applied again.

use std::fs;
use std::path::PathBuf;

use evidence::{Entry, Payload};
use jiff::civil::date;
use law::Lang;
use operations::backup::{BackupError, Lost, Restored, restore};
use operations::retention::{NewHold, Release};
use operations::{Act, Organisation, OrganisationId};
use store::Store;
use store::recipient_notice::RecipientNotice;
use store::testing::{Database, on_each_engine};

use crate::support::{TODAY, act_on, contact, import, installation, master_key, organisation};
use crate::{ANNA, BERT, CARA, LIST, Shelf, back_up, id, later, on_each_pair, restored};

/// The number of the entries that say of a restore.
const RESTORED: i16 = 101;

fn tries(shelf: &Shelf, lost: Lost, other: &Database) -> Result<Restored, BackupError> {
    let (key, act) = (master_key(), later(600));
    restore(&shelf.places(), None, &key, other.target(), lost, &act)
}

fn assert_refused(shelf: &Shelf, why: &str) {
    let other = Database::sqlite();
    match tries(shelf, Lost::Nothing, &other) {
        Err(error @ BackupError::Journal { .. }) => {
            assert!(error.to_string().contains("--journal-lost"), "{error}");
        }
        other => unreachable!("{why}: {other:?}"),
    }
}

/// Takes files away for as long as `with` runs.
fn without(files: &[PathBuf], with: impl FnOnce()) {
    let whole: Vec<_> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    for file in files {
        fs::remove_file(file).unwrap();
    }
    with();
    for (file, bytes) in files.iter().zip(whole) {
        fs::write(file, bytes).unwrap();
    }
}

/// What the log says of the restore.
fn says_that_the_journal_was_lost(database: &Database, this: &Organisation) -> bool {
    let store = Store::open(database.target()).unwrap();
    let entry = store
        .read(|tx| store::evidence_entry::newest_about_backups(tx, this.id(), RESTORED))
        .unwrap()
        .unwrap();
    let entry = Entry::from_bytes(&entry.bytes).unwrap();
    match entry.payload() {
        Payload::Clear(said) => said["journal_lost"].as_bool().unwrap(),
        Payload::Sealed { .. } => false,
    }
}

#[test]
fn a_journal_that_is_not_whole_is_refused_unless_it_is_said_to_be_lost() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let shelf = Shelf::new();
        back_up(database, &shelf, 1);
        let here = installation(database);
        let keys = &*shelf.places().keys;
        let before = shelf.files(".journal");
        this.erase(&contact(ANNA), &later(2)).unwrap();
        here.ship_journal(keys).unwrap();
        let (middle, head) = (shelf.files(".journal"), shelf.files(".head"));
        this.erase(&contact(BERT), &later(3)).unwrap();
        here.ship_journal(keys).unwrap();
        let all = shelf.files(".journal");
        let new = |of: &[PathBuf], older: &[PathBuf]| -> Vec<PathBuf> {
            let new = of.iter().filter(|file| !older.contains(file));
            new.cloned().collect()
        };
        let (second, last) = (new(&middle, &before), new(&all, &middle));
        assert_eq!((second.len(), last.len(), head.len()), (1, 1, 1));

        without(&all, || assert_refused(&shelf, "no part at all"));
        without(&second, || assert_refused(&shelf, "a gap"));
        without(&last, || assert_refused(&shelf, "the end is cut"));
        let heads = shelf.files(".head");
        without(&heads, || assert_refused(&shelf, "nothing says how far"));
        let all_of_it = [all.clone(), heads.clone()].concat();
        without(&all_of_it, || assert_refused(&shelf, "nothing is there"));

        // What is missing is written again as long as the log is there.
        fs::remove_file(&last[0]).unwrap();
        here.ship_journal(keys).unwrap();
        let (_, told) = restored(&shelf, None, &Database::sqlite());
        assert_eq!((told.reapplied.erased, told.journal_lost), (2, false));

        let other = Database::sqlite();
        without(&all, || {
            let told = tries(&shelf, Lost::Journal, &other).unwrap();
            assert_eq!((told.reapplied.erased, told.journal_lost), (0, true));
        });
        let back = Organisation::open(&installation(&other), None).unwrap();
        assert!(says_that_the_journal_was_lost(&other, &back));
        assert!(back.contact_view(&contact(ANNA), TODAY, Lang::De).is_ok());

        let whole = Database::sqlite();
        assert!(!tries(&shelf, Lost::Journal, &whole).unwrap().journal_lost);
        let this = Organisation::open(&installation(&whole), None).unwrap();
        assert!(!says_that_the_journal_was_lost(&whole, &this));
    });
}

#[test]
fn a_head_that_was_put_back_with_the_end_of_the_journal_is_found_by_keys_and_manifest() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let shelf = Shelf::new();
        let first = back_up(database, &shelf, 1);
        let here = installation(database);
        let places = shelf.places();
        let earlier: Vec<_> = [".journal", ".head"]
            .iter()
            .flat_map(|end| shelf.files(end))
            .map(|file| (fs::read(&file).unwrap(), file))
            .collect();
        let put_back = || {
            for file in [".journal", ".head"]
                .iter()
                .flat_map(|end| shelf.files(end))
            {
                fs::remove_file(file).unwrap();
            }
            for (bytes, file) in &earlier {
                fs::write(file, bytes).unwrap();
            }
        };
        let old_keys = shelf.files(".keys").remove(0);
        let kept = fs::read(&old_keys).unwrap();
        this.erase(&contact(ANNA), &later(2)).unwrap();
        here.ship_journal(&*places.keys).unwrap();
        here.renew_keys(&*places.keys, &later(3)).unwrap();
        put_back();
        assert_refused(&shelf, "the file of keys knows more");

        here.ship_journal(&*places.keys).unwrap();
        let second = back_up(database, &shelf, 4);
        put_back();
        for newer in shelf.files(".keys") {
            fs::remove_file(newer).unwrap();
        }
        fs::write(&old_keys, kept).unwrap();
        for name in [&first, &second] {
            let (key, act, other) = (master_key(), later(600), Database::sqlite());
            let (name, into) = (Some(name.as_str()), other.target());
            let refused = restore(&places, name, &key, into, Lost::Nothing, &act);
            let refused = refused.unwrap_err();
            assert!(
                matches!(refused, BackupError::Journal { .. }),
                "{name:?}: {refused}"
            );
        }
    });
}

fn hold() -> NewHold {
    NewHold {
        provision: "§ 147 AO".to_owned(),
        reason: "Rechnung 4711".to_owned(),
        ends_on: date(2030, 12, 31),
    }
}

fn lift(this: &Organisation, who: &str, minutes: i64) {
    let holds = this.contact_retention(&contact(who), TODAY).unwrap().holds;
    let hold = holds[0].id.parse().unwrap();
    this.lift_hold(&contact(who), hold, "bezahlt", &later(minutes))
        .unwrap();
}

#[test]
fn holds_waiting_erasures_and_the_second_person_after_the_backup_come_back() {
    on_each_pair(|database, other| {
        let this = organisation(database);
        import(&this, LIST);
        this.set_hold(&contact(BERT), &hold(), &later(1)).unwrap();
        this.sequence(later(1).at).unwrap();
        let shelf = Shelf::new();
        back_up(database, &shelf, 1);
        let here = installation(database);
        this.set_hold(&contact(ANNA), &hold(), &later(2)).unwrap();
        this.set_hold(&contact(CARA), &hold(), &later(2)).unwrap();
        let waits = this.erase(&contact(ANNA), &later(3)).unwrap();
        assert_eq!(waits.waits_until, Some(date(2030, 12, 31)));
        this.set_retention_release(Release::Two, &later(3)).unwrap();
        this.sequence(later(3).at).unwrap();
        here.ship_journal(&*shelf.places().keys).unwrap();
        lift(&this, BERT, 4);
        lift(&this, CARA, 4);
        // Who takes the second person away does not take it away from what is restored.
        this.set_retention_release(Release::Daily, &later(4))
            .unwrap();
        this.sequence(later(4).at).unwrap();
        here.ship_journal(&*shelf.places().keys).unwrap();

        let (again, told) = restored(&shelf, None, other);
        assert_eq!((told.reapplied.waiting, told.reapplied.holds), (1, 4));
        let anna = again.contact_retention(&contact(ANNA), TODAY).unwrap();
        assert_eq!(anna.erasure_waits_since, Some(TODAY));
        assert!(anna.contact.restricted);
        assert_eq!(anna.holds.len(), 1);
        assert_eq!(
            (&*anna.holds[0].provision, anna.holds[0].ends_on),
            ("§ 147 AO", date(2030, 12, 31))
        );
        for who in [BERT, CARA] {
            let one = again.contact_retention(&contact(who), TODAY).unwrap();
            assert!(one.holds.is_empty() && one.erasure_waits_since.is_none());
        }
        let release = again.retention_view(TODAY).unwrap().release;
        assert_eq!(release, Release::Two);

        assert_eq!(again.resume_erasures(&act_on(TODAY)).unwrap(), 0);
        let after = act_on(date(2031, 1, 1));
        assert_eq!(again.resume_erasures(&after).unwrap(), 1);
        assert_eq!(again.verify().unwrap().faults, []);
        assert_eq!(import(&again, LIST).suppressed, 1);
    });
}

#[test]
fn what_was_taken_back_before_the_backup_is_not_applied_again() {
    on_each_pair(|database, other| {
        let this = organisation(database);
        import(&this, LIST);
        let shelf = Shelf::new();
        let here = installation(database);
        let ship = |minutes: i64| {
            this.sequence(later(minutes).at).unwrap();
            here.ship_journal(&*shelf.places().keys).unwrap();
        };
        ship(1);
        this.restrict_contact(&contact(ANNA), "Die Angaben werden geprüft", &later(2))
            .unwrap();
        this.set_hold(&contact(BERT), &hold(), &later(2)).unwrap();
        this.set_retention_release(Release::Two, &later(2)).unwrap();
        ship(2);
        this.lift_restriction(&contact(ANNA), TODAY, "Sie stimmen", &later(3))
            .unwrap();
        lift(&this, BERT, 3);
        this.set_retention_release(Release::One, &later(3)).unwrap();
        let another = Act {
            by: "somebody else".to_owned(),
            ..later(3)
        };
        this.confirm_retention_release(Release::One, &another)
            .unwrap();
        ship(3);
        back_up(database, &shelf, 4);
        let (again, told) = restored(&shelf, None, other);
        assert_eq!(told.reapplied, operations::backup::Reapplied::default());
        let anna = again.contact_line(&contact(ANNA)).unwrap();
        assert!(!anna.restricted);
        let release = again.retention_view(TODAY).unwrap().release;
        assert_eq!(release, Release::One);
    });
}

fn notices(database: &Database, this: &Organisation) -> Vec<RecipientNotice> {
    let store = Store::open(database.target()).unwrap();
    store
        .read(|tx| store::recipient_notice::list(tx, this.id(), None, 100))
        .unwrap()
}

/// Somebody whose recipients were told of a restriction before the backup.
fn told_before(database: &Database, shelf: &Shelf) -> (Organisation, OrganisationId) {
    let this = organisation(database);
    import(&this, LIST);
    let anna = id(&this, ANNA);
    this.restrict_contact(&contact(ANNA), "Die Angaben werden geprüft", &later(1))
        .unwrap();
    this.sequence(later(1).at).unwrap();
    let told = notices(database, &this);
    assert!(!told.is_empty() && told.iter().all(|row| row.sealed.is_some()));
    back_up(database, shelf, 1);
    (this, anna)
}

#[test]
fn a_notice_whose_key_ended_after_the_backup_stays_unreadable() {
    on_each_pair(|database, other| {
        for by_erasure in [true, false] {
            let shelf = Shelf::new();
            let database = &if installation(database).engine() == "SQLite" {
                Database::sqlite()
            } else {
                Database::postgres().unwrap()
            };
            let (this, _) = told_before(database, &shelf);
            let here = installation(database);
            if by_erasure {
                this.erase(&contact(ANNA), &later(2)).unwrap();
            } else {
                let gone = this.tidy_recipient_notices(&later(60 * 24 * 181)).unwrap();
                assert!(gone > 0);
            }
            this.sequence(later(3).at).unwrap();
            // The keys have to be written anew, and even with the older file nothing can be read.
            assert!(here.ship_journal(&*shelf.places().keys).unwrap());
            let older = Database::sqlite();
            let (again, _) = restored(&shelf, None, &older);
            for row in notices(&older, &again) {
                assert!(row.sealed.is_none() && row.state > 2, "{}", row.state);
            }
            here.renew_keys(&*shelf.places().keys, &later(4)).unwrap();
            let newer = Database::sqlite();
            let into = if by_erasure { other } else { &newer };
            let (again, _) = restored(&shelf, None, into);
            for row in notices(into, &again) {
                assert!(row.sealed.is_none() && row.state > 2, "{}", row.state);
            }
        }
    });
}
